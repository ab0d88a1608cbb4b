"""Words of a city's economy that mean the same, say little, or name a place: what similarity knows beside the texts."""

from __future__ import annotations

# A line holds words that stand for one another when somebody looks for the like; a word may stand in several lines
SYNONYMS = """
azubi azubis auszubildende auszubildender ausbildung ausbildungsplatz lehrling lehre lehrstelle ausbilder lehrstellen
praktikum praktika praktikant schnuppertag
fachkraft fachkräfte personal arbeitskräfte mitarbeiter mitarbeitende beschäftigte ingenieur bewerber job stelle jobs
nachwuchs azubi
ausland international zuwanderung einwanderung zugezogen zuzug
willkommen welcome zugezogen neubürger onboarding
gründung gründer gründerin startup existenzgründung selbstständig jungunternehmer
coworking gemeinschaftsbüro bürogemeinschaft schreibtisch
nachfolge nachfolger übergabe übergeben betriebsübergabe übernahme übernehmen übernimmt
glasfaser breitband internet gigabit highspeed netzausbau
wlan wifi hotspot internet
mobilfunk funkloch handynetz 5g lte
digital digitalisierung online elektronisch internet app
ki ai chatgpt intelligenz
schulung kurs weiterbildung fortbildung seminar training qualifizierung workshop lehrgang schulen
sprache deutschkurs sprachkurs deutsch sprachförderung
übersetzung dolmetscher übersetzen übersetzt übersetzer
kita kindergarten kindertagesstätte kinderbetreuung betreuung tagesmutter
randzeit schicht schichtarbeit schichtarbeiter spätschicht öffnungszeit
gesundheit gesund gesundheitsförderung fitness
öpnv bus buslinie nahverkehr straßenbahn busanbindung haltestelle shuttle
ticket fahrkarte jobticket fahrschein monatskarte
rad fahrrad radfahrer velo radler zweirad bike radeln
bügel abstellanlage abstellplatz fahrradständer ständer
auto pkw kfz wagen fahrzeug
carsharing autoteilen mietwagen firmenwagen dienstwagen fuhrpark
mitfahrgelegenheit fahrgemeinschaft mitfahren pendlerportal mitfahrer
elektroauto emobilität ladesäule ladepunkt ladestation lademöglichkeit wallbox elektromobilität
parkplatz stellplatz parken parkgebühr parkhaus kurzparkplatz
lkw lieferverkehr logistik spedition transport ausliefern lieferdienst
schiene bahn gleis güterbahnhof güterzug schienenanschluss
solar photovoltaik fotovoltaik sonnenenergie sonnenstrom pv
energie strom
abwärme wärme fernwärme wärmenetz nahwärme heizung
wasserstoff h2
klima klimaschutz klimaanpassung nachhaltigkeit co2 hitze
grün begrünung bäume baum bepflanzung grünfläche
kreislauf kreislaufwirtschaft recycling wiederverwertung
fläche gewerbefläche grundstück gewerbegrundstück bauland
brache brachfläche industriebrache zechenfläche reaktivierung
gewerbegebiet gewerbepark industriegebiet industriepark
halle produktionshalle lagerhalle werkhalle
lager lagerfläche lagerraum lagerhalle
raum räume seminarraum besprechungsraum tagungsraum
leerstand leer ladenlokal ladenleerstand leerstehend laden läden
popup zwischennutzung
innenstadt city zentrum fußgängerzone stadtmitte stadtkern markt
handel einzelhandel händler geschäft laden kaufmann
schaufenster auslage
gastronomie restaurant catering foodtruck essen
werbung marketing kampagne imagekampagne werbekampagne imagefilm
broschüre flyer prospekt faltblatt heft
grafik logo gestalten gestaltung design grafikerin
plakat werbefläche poster banner
film video
genehmigung bürokratie bauantrag antrag verwaltungsgang amt ämter vorschrift
bürokratieabbau entbürokratisierung vereinfachung
rathaus verwaltung stadtverwaltung behörde amt
ansprechpartner lotse anlaufstelle kümmerer
fördermittel förderantrag zuschuss förderung förderprogramm
netzwerk stammtisch treffen netzwerkabend frühstück runder kennenlernen austausch
messe börse
vermittlung börse vermitteln
mentor pate patenschaft mentoring coach begleiten
hochschule universität uni fh forschung wissenschaft
schule schüler schülerin
einkaufsgemeinschaft sammeleinkauf einkauf
datenschutz dsgvo
sicherheit cyber cybersicherheit hacker
laptop notebook rechner computer
steuer steuerberatung steuern
wohnung wohnheim wohnen unterbringung unterbringen wohnraum
verleih leihen verleihen ausleihen mieten vermieten
verschenken abgeben abzugeben kostenlos gratis frei
firma unternehmen betrieb
tourismus touristen gäste besucher
preis auszeichnung award
unternehmer wirtschaft
gemeinsam teilen zusammen
technik technisch technologie ingenieurwesen mint naturwissenschaft handwerklich labor
jugendlich jugend schulabgänger schüler nachwuchs teenager ferien camp
beruf berufswahl berufsorientierung berufsfeld karriere berufsbild
lehrer lehrerin lehrkraft pädagoge dozent
studium student studierende absolvent bachelor bachelorarbeit master masterarbeit abschlussarbeit hochschule
duales dualer verbundausbildung ausbildungsverbund
frau frauen unternehmerin weiblich gründerin gleichstellung
familie eltern vereinbarkeit kinderbetreuung pflegende elternzeit
senior senioren ältere rentner ruhestand ruheständler
inklusion barrierefrei behinderung schwerbehindert rollstuhl
integration geflüchtete flüchtling migration migrant
arbeitszeit teilzeit homeoffice flexibel vereinbarkeit
lohn gehalt tarif entlohnung vergütung
krise insolvenz schwierigkeit sanierungsfall notlage notfall
hotline telefon notfallnummer beratung sprechstunde krisenberatung
soforthilfe nothilfe hilfsfonds überbrückung
finanzierung kredit kapital darlehen investor investition bank beteiligung
zuschuss bezuschussen förderung prämie fördermittel fördertopf
gebühr abgabe steuer gewerbesteuer hebesatz
vergabe ausschreibung auftrag beschaffung
recht rechtlich anwalt jurist vertrag notar
versicherung versichern haftpflicht
patent patentschutz erfindung schutzrecht
export außenhandel ausfuhr zoll auslandsgeschäft
lieferkette zulieferer lieferant beschaffung
veranstaltung event fest feier konzert festival
kalender terminkalender veranstaltungskalender termin terminübersicht
karte stadtplan landkarte lageplan kartierung
verzeichnis liste register branchenbuch datenbank übersicht kataster
portal plattform webseite internetseite website homepage app
zeitung newsletter rundbrief magazin presse
foto fotograf bild fotografie fotostudio
video film imagefilm drehen
marke dachmarke leitbild logo slogan image
verein gemeinschaft werbegemeinschaft interessengemeinschaft bündnis kaufleute händlergemeinschaft
wiederbeleben neustart belebung reaktivierung wiederaufbau
immobilie gewerbeimmobilie gebäude objekt mietfläche büroraum
kaufmann händler kaufleute einzelhändler ladenbesitzer
markt wochenmarkt feierabendmarkt abendmarkt markthalle bauernmarkt
essen kantine mittagstisch verpflegung mensa catering
bäckerei brot backwaren brötchen konditorei
lebensmittel nahversorgung supermarkt regional hofladen
gastgewerbe hotel hotellerie übernachtung gaststätte kneipe
kultur kunst künstler museum theater galerie
sport verein lauf firmenlauf turnier
gesundheitswirtschaft arzt ärzte praxis pflege klinik krankenhaus
apotheke medizin medizinisch therapie
betriebsarzt arbeitsschutz unfallverhütung sicherheit
einbruch wachdienst sicherheitsdienst streife bewachung
müll abfall entsorgung wertstoff sperrmüll
reparatur reparieren reparaturcafé repaircafé instandsetzen
sauber sauberkeit reinigung putzen
lärm lärmschutz ruhe schallschutz
wasser regen starkregen hochwasser entwässerung überflutung hochwasserschutz
grubenwasser bergbau zeche stollen
dach gründach hallendach dachfläche
boden altlast bodensanierung
gebäudesanierung dämmung sanieren energetisch modernisierung
effizienz energieeffizienz einsparung sparen energiesparen
windkraft windrad windenergie
speicher batterie akku stromspeicher
server rechenzentrum cloud serverraum
software programm it edv
roboter robotik automatisierung automation
sensor sensorik messtechnik smart echtzeit parkleitsystem
drucker druck druckerei
werkzeug maschine gerät maschinenpark
stapler gabelstapler hubwagen staplerschein staplerschulung
transporter lieferwagen sprinter anhänger lkw
straße fahrbahn schlagloch straßenbau
verkehr verkehrsberuhigung tempo verkehrsführung stau
ampel kreuzung kreisverkehr
gehweg fußweg bürgersteig fußgänger
bahnhof zob busbahnhof hauptbahnhof
pendler berufspendler pendeln arbeitsweg
shuttle pendlerbus werksbus buslinie
dienstrad jobrad dienstfahrrad leasingrad
baustelle bauarbeit umleitung sperrung
bauen bau neubau hochbau bebauung bebauungsplan
baugenehmigung bauantrag genehmigung baurecht
beschleunigen beschleunigung schneller verkürzen zügig
abbau senken senkung reduzieren verringern
wohnung wohnraum bezahlbar miete wohnungsbau
auszeichnen wettbewerb preis ideenwettbewerb preisverleihung
schülerfirma schülerfirmen schulprojekt
hackerangriff cyberangriff cyber hacker itsicherheit phishing
spende sponsoring sponsor spenden unterstützer
ehrenamt freiwillig ehrenamtlich engagement
ansiedlung ansiedeln investorenwerbung niederlassung
erweiterung expansion wachsen standortwechsel umzug verlagerung
umfrage befragung erhebung studie
"""

# Words that nearly every measure or idea may have: they count a little
FRAMES = """
anlage ansprechpartner anlaufstelle antrag atlas auftritt ausbau belebung beratung bericht beschilderung besuch
bündnis börse büro broschüre center entwicklung erweiterung fest fläche förderung forum gebiet gewinnung initiative
innovation kampagne kataster konferenz konzept kooperation kultur kurs leitfaden management mappe messe netz netzwerk
offensive optimierung park partnerschaft plan planung platz plattform preis programm raum reinigung sanierung scheck
service stammtisch station stelle strategie tag treffen umfeld unterstützung veranstaltung verbesserung vermittlung
wettbewerb workshop zentrum zusammenarbeit webseite internetseite portal app beirat club gewerbegebiet gewerbepark
industriegebiet gewerbe innenstadt anbindung schulung bereich angebot straße umbau verein hof
"""

# Words that say nothing of the matter
IDLE = """
bottrop stadt städtisch kommunal kommune örtlich ort lokal regional region ruhrgebiet nrw deutschland wirtschaft
wirtschaftsförderung unternehmen unternehmer unternehmerin firma betrieb betrieblich gewerblich mittelstand
mittelständisch standort projekt maßnahme idee vorschlag angebot gesuch zukunft zukunftsplan allianz neu gut besser
groß klein hoch lang kurz viel wenig mehr weniger schnell regelmäßig gemeinsam verschieden einfach modern toll schön
erfahren aktuell zentral fest eigen ganz halb jung alt frei offen möglich nötig nah günstig billig samstag woche monat
jahr stunde tag morgen abend januar februar märz april mai juni juli august september oktober november dezember euro
prozent person leute mensch kollege kollegin kunde bürger thema problem lösung möglichkeit beispiel hilfe helfen
bieten biete suche suchen sucht gesucht anbieten brauchen bräuchten brauche benötigen wünschen wünsche finden machen
tun geben gehen kommen stehen stellen zeigen bringen lassen halten sagen fragen wissen kennen denken glauben hoffen
schaffen bauen ausbauen entwickeln stärken fördern verbessern unterstützen sichern nutzen anlegen einrichten einführen
gewinnen planen organisieren verfügung bereit interesse gern endlich bitte danke rund etwa ungefähr circa dazu dafür
damit dort hier heute bisher nämlich eigentlich einmal zweimal immer oft nie wieder schon noch auch nur sehr zu qm
quadratmeter meter kilometer vollzeit teilzeit besetzen zimmer herr frau feld zweck art weise teil anfang ende project
idea proposal company companies town new better more
"""

STOP_WORDS = """
grund gründe der die das den dem des ein eine einen einem einer eines kein keine keinen und oder aber als am an auf
aus bei beim bis da dass dein denn deshalb damit doch du durch er es für gegen hat haben hatte hätte hinter ich ihr
ihre im in ins ist ja jede jeder jedes jetzt kann können könnte könnten man mein meine mit muss müsste nach nicht
nichts niemand ob ohne sein seine seit sich sie sind so soll sollen sollte sollten statt über um uns unser unsere
unter vom von vor war wäre waren was weil welche wenn wer werden wie wir wird wo würde zum zur zwischen jemand
jemanden etwas alle alles allem allein darin darauf darüber dabei daran davon einander entlang während wegen deren
dessen diese dieser dieses diesem diesen nun per pro je sonst sowie sowohl trotz weder also bereits besonders kaum
müssen dürfen wollen keiner einzeln jeweils andere anderen anderer anderes voneinander miteinander zwar dann the a of
for and or on at to with by from is are be we our us you it this that as not no i
"""

# Of one line only one can be meant: where both sides name another, they are about different things
PLACES = """
nord norden nördlich
süd süden südlich
ost osten östlich
west westen westlich
kirchhellen
batenbrock
boy
eigen
fuhlenbrock
feldhausen
grafenwald
welheim
ebel
vonderort
lehmkuhle
innenstadt city fußgängerzone stadtmitte stadtkern
"""

# Words that are one thing, not two, and words that others are made of
WHOLE = """
handwerk bahnhof kaufhaus krankenhaus kreisverkehr schulhof bauhof flughafen landwirtschaft feuerwehr baustelle
jahrmarkt wochenmarkt marktplatz werkstatt gaststätte gymnasium realschule arbeitsplatz wirtschaftsbeirat haushalt
gebäude unterkunft weg haus kanal hafen werk bau beet dach garten gerät hand holz kunst land linie maschine metall
müll pflege platz säule spiel turm wald wand wasser wind zeche ladestrom quartier
"""
