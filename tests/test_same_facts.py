"""What translators into French, German, Spanish and Portuguese write freely and still says the same."""

from __future__ import annotations

import pytest

from workbench.facts import disagreements


@pytest.mark.parametrize(
    ("lang", "text", "english"),
    [
        # so many and a half, and one and a half without a number
        ("es", "Estuvo preso año y medio.", "He was in prison for 18 months."),
        ("es", "El árbol tenía siglo y medio.", "The tree was 150 years old."),
        ("es", "Acudieron millón y medio de personas.", "1.5 million people came."),
        ("de", "Die Fahrt dauert anderthalb Stunden.", "The trip takes 90 minutes."),
        ("de", "Er saß zweieinhalb Jahre ein.", "He was in prison for 30 months."),
        ("de", "Ein eineinhalbjähriges Kind.", "An 18-month-old child."),
        ("de", "Nach fünfeinhalb Stunden.", "After 330 minutes."),
        ("fr", "L'hôtel est à deux kilomètres et demi.", "The hotel is 1.5 miles away."),
        ("fr", "L'hôtel est à quatre kilomètres.", "The hotel is two and a half miles away."),
        ("fr", "Un bébé de dix-huit mois.", "A one-and-a-half-year-old baby."),
        # vague tens of a unit, and units that were not known
        ("fr", "Le port est à une vingtaine de kilomètres.", "The port is 12 miles away."),
        ("es", "El puerto está a una veintena de kilómetros.", "The port is 12 miles away."),
        ("pt", "O porto fica a uma dezena de quilômetros.", "The port is 6 miles away."),
        ("de", "Der Zug fährt 80 Stundenkilometer.", "The train does 50 mph."),
        ("fr", "Elle pesait 95 kilos.", "She weighed 15 stone."),
        ("fr", "Ajoutez 20 cl de lait.", "Add 200 ml of milk."),
        ("de", "Ein Pfund Kirschen.", "500 grams of cherries."),
        ("fr", "25 mm de pluie.", "One inch of rain."),
        ("fr", "À trois milles marins de la côte.", "Three nautical miles off the coast."),
        ("es", "A tres millas náuticas de la costa.", "Three nautical miles off the coast."),
        # what stands behind a number and is no unit of it
        ("fr", "Le gardien a eu 33 ans le mois dernier.", "The goalkeeper turned 33 last month."),
        # shares
        ("de", "Jeder Fünfte raucht.", "20 per cent smoke."),
        ("de", "Jeder Zweite raucht.", "50 per cent smoke."),
        ("es", "Las tres cuartas partes fuman.", "75 per cent smoke."),
        ("es", "Dos quintas partes fuman.", "40 per cent smoke."),
        ("fr", "Deux tiers des élèves lisent.", "66 per cent of pupils read."),
        ("de", "Zwei Drittel der Kinder lesen.", "67 per cent of children read."),
        ("es", "Tres cuartos de litro de agua.", "750 ml of water."),
        # the clock, and the minutes of a match
        ("pt", "O museu abre até as 23h30.", "The museum is open until half past eleven at night."),
        ("de", "Der Laden hat bis 23.30 Uhr auf.", "The shop is open until half past eleven at night."),
        ("de", "Um acht Uhr abends schließt er.", "It closes at 20:00."),
        ("fr", "Il a couru trois quarts d'heure.", "He ran for 45 minutes."),
        ("pt", "Ela marcou aos 38 minutos do segundo tempo.", "She scored in the 83rd minute."),
        ("es", "Marcó en el minuto 12 de la segunda parte.", "She scored in the 57th minute."),
        ("de", "Sie traf in der 38. Minute der zweiten Halbzeit.", "She scored in the 83rd minute."),
        ("fr", "Les cars partent à 8 h 15, 10 h 45 et 16 h 30.", "Buses leave at 8.15, 10.45 and 16.30."),
        ("es", "La torre cayó a las 23.42 hora local (21.42 GMT).", "The tower fell at 11.42 p.m. (21.42 GMT)."),
        ("pt", "A torre caiu às 23h42 (21h42 GMT).", "The tower fell at 11.42 p.m. (21.42 GMT)."),
        # hundredths, degrees, francs, and two amounts of which one is in tens
        ("de", "Der Vorsprung betrug 35 Hundertstel.", "The lead was 0.35 seconds."),
        ("fr", "L'avance était de 35 centièmes.", "The lead was 0.35 seconds."),
        ("de", "Sie suchten bei minus fünf Grad.", "They searched in temperatures of five below zero."),
        ("de", "Sie kostet 7,5 Milliarden Franken.", "It costs 7.5 billion Swiss francs."),
        ("fr", "Par 820 mètres de fond, à une quarantaine de kilomètres.", "In 2,700 feet of water, 24 miles off."),
        ("pt", "Os últimos 2,5 km são íngremes.", "The last mile and a half is steep."),
        # rounds of a competition
        ("de", "Porto verpasste das Viertelfinale.", "Porto failed to reach the last eight."),
        ("fr", "Porto jouera les huitièmes de finale.", "Porto will play in the last 16."),
        # numbers in words
        ("fr", "Ils vinrent vers l'an mil.", "They came around the year 1000."),
        ("es", "La decimoquinta edición.", "The 15th edition."),
        ("es", "Su decimoctavo título.", "Her 18th title."),
        ("es", "La vigesimoprimera edición.", "The 21st edition."),
        ("es", "Un octogenario ganó.", "An 80-year-old won."),
        # unions, peoples and rivers by their names elsewhere
        ("pt", "Vai a uma reunião com a União Europeia.", "He is off to a meeting with the EU."),
        ("fr", "Il se rend à une réunion avec l'UE.", "He is off to a meeting with the European Union."),
        ("de", "Dort halfen Feuerwehrleute aus Tschechien.", "Firefighters from the Czech Republic helped there."),
        ("de", "Seit Jahren fliehen Syrer dorthin.", "Syrians have fled there for years."),
        ("es", "Luego llegaron los vascos.", "Then the Basques came."),
        ("pt", "Depois vieram os cipriotas.", "Then the Cypriots came."),
        ("fr", "Plus tard vint Christophe Colomb.", "Later came Christopher Columbus."),
        ("fr", "Le pont franchit l'Escaut.", "The bridge spans the Scheldt."),
        ("es", "La canciller viajó a Lima.", "The Chancellor travelled to Lima."),
        ("fr", "Il faisait 30 degrés.", "It was 86 degrees Fahrenheit."),
        ("fr", "Un siècle avant Christophe Colomb, ils y étaient.", "They were there a century before Columbus."),
        # a no by another verb, and far behind in German
        ("fr", "Le fromage est épuisé.", "There is no cheese left."),
        ("de", "Die Karten sind ausverkauft.", "There are no tickets left."),
        ("es", "Las entradas están agotadas.", "There are no tickets left."),
        ("pt", "Às nove o queijo já acabou.", "By nine there is no cheese left."),
        ("pt", "Crianças não pagam.", "Children get in free."),
        ("de", "Der Eintritt ist frei.", "There is no entrance fee."),
        ("de", "Der Sänger wollte sich zu Gerüchten, er höre bald auf, nicht äußern.",
         "The singer refused to comment on rumours that he would soon quit."),
        ("de", "Er lebt nicht mehr.", "He is dead."),
        ("pt", "Ela deixou de viajar.", "She no longer travels."),
        ("de", "Der Bergsee ist wenig bekannt.", "The mountain lake is not well known."),
        # nobody else
        ("fr", "On ne trouve cette fleur qu'ici.", "This flower is found nowhere else."),
        ("de", "Nur er kennt den Weg.", "No one else knows the way."),
        ("es", "Solo él conoce el camino.", "No one else knows the way."),
        ("pt", "Só existe aqui.", "It is found nowhere else."),
        # no more than the rest of a comparison
        ("de", "So kalt war es seit 1956 nicht mehr.", "It is the coldest it has been since 1956."),
        ("de", "Es regnete so wenig wie seit Mai nicht mehr.", "It was the driest month since May."),
        ("fr", "Il n'avait pas fait aussi froid depuis 1956.", "It is the coldest it has been since 1956."),
        ("es", "No hacía tanto frío desde 1956.", "It is the coldest it has been since 1956."),
        ("pt", "Não fazia tanto frio desde 1956.", "It is the coldest it has been since 1956."),
        ("es", "Estaba más contenta que nunca.", "She had never been happier."),
        ("fr", "Elle s'en est tirée avec un simple bleu.", "She escaped with nothing worse than a bruise."),
        # a no to what is rare, and one that is said twice
        ("de", "Das ist keine Seltenheit.", "This is common."),
        ("es", "No es infrecuente.", "This is common."),
        ("de", "Hunde vergessen ihn nie, selbst nach Jahren nicht.", "Dogs never forget it, even years later."),
        ("fr", "Elle n'a pas gagné, sa sœur non plus.", "She did not win, and neither did her sister."),
        ("de", "Jahre nach der Unabhängigkeit sind sie sich nicht einig.", "Years after independence they disagree."),
        ("fr", "Ils ont fait match nul et ne joueront pas la finale.", "They drew and will not play in the final."),
        ("fr", "Elle a fait nulle deux fois et n'a perdu aucune partie.", "She drew twice and lost no game."),
        ("fr", "Il ne faut pas le réveiller, surtout pas la nuit.", "Do not wake him, least of all at night."),
        ("fr", "Aucune ne s'en est autant approchée depuis 1770.", "It came closer than any since 1770."),
        ("es", "Ninguno de los dos países firmó.", "Neither country signed."),
        ("fr", "Cela n'a pas empêché la foule de chanter.", "That did not stop the crowd from singing."),
        ("de", "Die Gespräche kommen nicht voran.", "The talks have stalled."),
        ("de", "Sie wies jede Beteiligung zurück.", "She said she was not involved."),
        ("es", "El casco es opcional.", "Helmets are not compulsory."),
        ("es", "La fecha está por determinar.", "No date has been set."),
        ("fr", "Privé de lumière, le poisson est aveugle.", "The fish has no light and is blind."),
        ("de", "Sie brauchten keine zwei Stunden.", "It took them less than two hours."),
        # two in one
        ("pt", "O pintor nunca se casou nem teve filhos.", "The painter never married and had no children."),
        ("es", "El pintor murió soltero y sin hijos.", "The painter never married and had no children."),
        ("de", "Das Pulver ist farb- und geruchlos.", "The powder has neither colour nor smell."),
        ("de", "Man darf nicht bei Regen und nicht barfuß hinein.", "One must not go in when it rains or barefoot."),
        ("fr", "Pour ne pas être vus, les cerfs sortent la nuit.", "Deer come out at night so as not to be seen."),
        ("de", "Um nicht gesehen zu werden, kommen Hirsche nachts.", "Deer come out at night so as not to be seen."),
        ("de", "Er durfte kein drittes Mal antreten.", "He was barred from running a third time."),
        ("de", "Auch der Durchschnittsdeutsche isst Reis.", "The average German eats rice, too."),
        ("de", "Vom Klettern wird hier abgeraten.", "Climbing is not advised here."),
        # the month before, and days of the week cut short
        ("es", "Los precios subieron un 3 % en marzo, tras el 2 % de febrero.",
         "Prices rose 3 per cent in March, after 2 per cent a month earlier."),
        ("pt", "Os ministros se reúnem na terça e na quarta-feira.", "The ministers meet on Tuesday and Wednesday."),
        # a name of two words that is one elsewhere
        ("pt", "A cidade foi sede da corte de Carlos Magno.", "The city was the seat of Charlemagne's court."),
        # what cannot be, or be done, by one word
        ("de", "Strauße sind flugunfähig.", "Ostriches cannot fly."),
        ("es", "Es imposible que lo supiera.", "She cannot have known."),
        ("pt", "Os líderes não conseguiram chegar a um acordo.", "The leaders were unable to reach agreement."),
        ("fr", "Les pompiers n'ont pas pu sauver la grange.", "The fire brigade was unable to save the barn."),
        # a word further on answers nothing of what is said before
        ("es", "Los vecinos no saben si el plan les servirá, y la alcaldesa adelantó a mayo el cierre de la mina.",
         "The neighbours are unsure whether the plan will help them, and the mayor moved the end of the mine to May."),
        # forbidden, and stopped
        ("es", "No se permite acampar.", "Camping is forbidden."),
        ("pt", "O museu não abre no inverno.", "The museum is closed in winter."),
        ("pt", "O banco não concede mais empréstimos.", "The bank has stopped making loans."),
        # of a short sentence, at either end
        ("pt", "A polícia e o Ministério Público se recusaram a comentar.",
         "Neither the police nor the prosecutors would comment."),
        ("es", "Los pasajeros salieron ilesos.", "None of the passengers was hurt."),
        # not since, and when last
        ("fr", "Ils ne s'étaient pas vus depuis leur rencontre de Rome.", "They last met in Rome."),
        ("pt", "O atacante não joga desde março.", "The striker last played in March."),
        ("de", "Der Vulkan ist seit 1820 nicht mehr ausgebrochen.", "The volcano has been dormant since 1820."),
        ("es", "No nevaba tanto en los últimos veinte años.", "It was the heaviest snow in twenty years."),
        ("pt", "Não nevava tanto havia vinte anos.", "It was the heaviest snow in twenty years."),
        # nobody there
        ("es", "La nave estaba vacía cuando ardió.", "There was no one in the warehouse when it burned."),
        ("pt", "A ilha é desabitada.", "Nobody lives on the island."),
        ("de", "Der Wolf gilt hier als ausgerottet.", "There are no wolves left here."),
        ("de", "Nirgendwo sonst wird so viel Tee angebaut.", "More tea is grown here than anywhere else."),
        ("es", "Vive allí una docena de ranas endémicas.", "A dozen frogs live there and nowhere else."),
        # nobody under an age, and all from it on
        ("de", "Man darf erst ab 16 ein Konto eröffnen.", "Nobody under the age of 16 may open an account."),
        ("pt", "Só maiores de 16 anos podem abrir conta.", "Nobody under the age of 16 may open an account."),
        # few of them, everyone but one, indoors and divided
        ("pt", "A maioria dos afrescos não sobreviveu.", "Few of the frescoes survive."),
        ("de", "Nur der Wirt wollte den Parkplatz nicht.", "Everybody but the innkeeper wanted the car park."),
        ("de", "Die Leute sollten ihre Häuser nicht verlassen.", "People were told to stay indoors."),
        ("es", "Los expertos no se ponen de acuerdo sobre la fecha.", "Experts are divided over the date."),
        # neither, nor
        ("de", "Er habe weder etwas zu verbergen noch zu fürchten.", "He had nothing to hide and nothing to fear."),
        ("de", "An der Studie nahmen nur Nichtraucher teil.", "None of those in the study smoked."),
        ("es", "El gesto no pasó desapercibido.", "The gesture did not go unnoticed."),
        ("es", "No puedo estar más contenta.", "I am delighted."),
        # a week of eight days, wherever it stands
        ("fr", "Huit jours plus tard, la ville se rendit.", "A week later the town surrendered."),
        # bounds of two amounts
        ("es", "Vinieron más de mil, y menos del 1 % pagó.", "Over a thousand came, and less than 1 per cent paid."),
    ],
)  # fmt: skip
def test_a_free_translation_disagrees_about_nothing(lang: str, text: str, english: str) -> None:
    assert disagreements([(text, lang)], [(english, "en")]) == ()
    assert disagreements([(english, "en")], [(text, lang)]) == ()


@pytest.mark.parametrize(
    ("kind", "lang", "text", "english"),
    [
        ("quantity", "es", "Estuvo preso año y medio.", "He was in prison for 16 months."),
        ("quantity", "de", "Die Fahrt dauert anderthalb Stunden.", "The trip takes 70 minutes."),
        ("quantity", "fr", "L'hôtel est à quatre kilomètres.", "The hotel is three and a half miles away."),
        ("quantity", "fr", "Le port est à une vingtaine de kilomètres.", "The port is 30 miles away."),
        ("quantity", "fr", "Elle pesait 95 kilos.", "She weighed 12 stone."),
        ("quantity", "fr", "Ajoutez 20 cl de lait.", "Add 300 ml of milk."),
        ("quantity", "de", "Jeder Fünfte raucht.", "30 per cent smoke."),
        ("quantity", "pt", "Ela marcou aos 38 minutos do segundo tempo.", "She scored in the 85th minute."),
        ("number", "es", "La decimoquinta edición.", "The 16th edition."),
        ("negation", "de", "Der Sänger wollte sich zu Gerüchten, er höre bald auf, nicht äußern.",
         "The singer would comment on rumours that he would soon quit."),
        ("negation", "es", "Él conoce el camino.", "No one else knows the way."),
        ("negation", "de", "So kalt war es in diesem Haus nicht mehr.", "It was so cold in this house."),
        ("name", "fr", "Un siècle avant Christophe Colomb, ils y étaient.", "They came a century before Magellan."),
        ("number", "fr", "Les cars partent à 8 h 15 et 10 h 45.", "Buses leave at 8.15 and 11.45."),
        ("quantity", "de", "Der Vorsprung betrug 35 Hundertstel.", "The lead was 0.45 seconds."),
        # up to an amount is no "until", which would take the force of a no before it
        ("negation", "de", "Ziegen können nicht fliegen, springen aber bis zu 3 Meter weit.",
         "Goats can fly, but they jump up to 3 metres far."),
        ("negation", "es", "No se exige permiso para barcos de hasta seis metros.",
         "A licence is required for boats of up to six metres."),
        ("negation", "es", "No se exige visado para estancias cortas.", "A visa is required for short stays."),
        ("negation", "pt", "Galos não nadam, mas correm até 20 km/h.", "Cocks can swim, but run up to 20 km/h."),
        ("negation", "fr", "Les chèvres ne volent pas, mais sautent jusqu'à 3 mètres.",
         "Goats can fly, but they jump up to 3 metres."),
        ("quantity", "de", "Es wird 12 Grad unter null kalt.", "It gets as cold as 12 degrees."),
        ("quantity", "es", "Se llega a 12 grados bajo cero.", "It can reach 12 degrees."),
        ("date", "es", "Los precios subieron un 3 % en marzo, tras el 2 % de enero.",
         "Prices rose 3 per cent in March, after 2 per cent a month earlier."),
        ("date", "pt", "Reúnem-se na terça e na quarta-feira.", "They meet on Tuesday and Friday."),
        ("name", "pt", "A cidade foi sede da corte de Carlos Magno.", "The city was the seat of Barbarossa's court."),
        ("negation", "fr", "Les pompiers ont sauvé la grange.", "The fire brigade was unable to save the barn."),
        ("negation", "de", "Die Feuerwehr konnte die Scheune retten.", "The fire brigade was unable to save the barn."),
        ("negation", "es", "Los pingüinos son incapaces de volar.", "Penguins fly well."),
        # the United Nations are no un-, a name in -los no -less, and what is indispensable no denial
        ("negation", "pt", "As forças da ONU chegaram à cidade.", "The UN force has not reached the town."),
        ("negation", "de", "Der Verband hat nicht auf den Brief von Carlos geantwortet.",
         "The union has answered the letter from Carlos."),
        ("negation", "de", "Er wurde unverzüglich versorgt.", "He was not attended to."),
        ("negation", "pt", "O pintor se casou e teve filhos.", "The painter never married but had children."),
        ("number", "de", "Der Laden hat bis 23.30 Uhr auf.", "The shop is open until half past ten at night."),
    ],
)  # fmt: skip
def test_another_amount_is_told(kind: str, lang: str, text: str, english: str) -> None:
    assert kind in {found.kind for found in disagreements([(text, lang)], [(english, "en")])}
