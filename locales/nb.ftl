# Bokmål. Keys under hr- belong to HR's pages, all others to what employees see (and to both).

language-switch = Velg språk
back = Tilbake
next = Neste
step = Steg { $step } av { $steps }
yes = Ja
no = Nei
other = Annet
open = Ubesvart
other-words = Skriv med egne ord:
required = Må besvares
choices-any = Du kan krysse av for flere.
choices-max = Du kan krysse av for inntil { $max }.
rank-place = Nummer { $n }
rank-choose = Velg …
text-caution = Ikke skriv noe som kan vise hvem du eller andre er: ingen navn, steder, datoer eller opplysninger om helse. Trusler og fare må meldes på annen måte: ingen følger opp det som skrives her.
opened = Svaret ditt gjør at vi spør om litt mer på denne siden.
late = Fristen er ute. Du kan sende inn til { $at }.

start-go = Start
start-go-on = Fortsett der du var
start-resumed = Du har allerede svart på noe. Svarene ligger klare, og du kan gå videre der du slapp.
start-minutes = { $n ->
    [one] Det tar omtrent ett minutt.
   *[other] Det tar omtrent { $n } minutter.
}
start-closes = Svar innen { $at }.
start-voluntary = Det er frivillig å svare. Du kan hoppe over alle spørsmål som ikke er merket «Må besvares».

privacy-title = Slik tar vi vare på svarene dine
privacy-link = Lenken er bare din. Den brukes til at hver medarbeider kan svare én gang, og til å la være å purre på dem som har svart.
privacy-unlinked = Når du sender inn, lagres svarene uten navn, telefonnummer og tidspunkt, og uten kobling til lenken.
privacy-not-stored = Vi lagrer ikke IP-adresse eller hvilken telefon du bruker, og vi bruker ingen informasjonskapsler i skjemaet.
privacy-group = Resultater for grupper med færre enn { $k } svar vises aldri.
privacy-until-sent = Så lenge du ikke har sendt inn, ligger utkastet kryptert, og bare lenken din kan åpne det. Det slettes når du sender inn, når undersøkelsen stenger og senest etter 14 dager.
privacy-limits = Det du skriver med egne ord, kan likevel røpe deg. Skriv derfor ikke noe som peker på deg selv eller andre.

title-invalid = Må rettes:
faults-title = Noe må rettes før du kan gå videre
fault-missing = Dette spørsmålet må besvares
fault-too_many = Velg inntil { $max }
fault-excluding = Dette valget kan ikke kombineres med andre
fault-not_a_number = Skriv et helt tall med siffer
fault-too_small = Tallet kan ikke være mindre enn { $min }
fault-too_large = Tallet kan ikke være større enn { $max }
fault-too_long = Teksten kan ikke være lengre enn { $max } tegn
fault-twice = Du har valgt det samme to ganger
fault-gap = Velg i rekkefølge, uten å hoppe over en plass
fault-unknown = Velg et av alternativene

send-title = Klar til å sende inn?
send-nothing-yet = Ingenting er sendt ennå. Trykk på «Send inn» når du er ferdig.
send-final = Du kan gå tilbake og endre svarene nå. Etter at de er sendt inn, kan verken du eller vi hente dem frem igjen, for da vet ingen hvilke svar som er dine.
send = Send inn

stop-link = Jeg vil ikke ha flere meldinger
stop-title = Ingen flere meldinger?
stop-means = Du får ingen flere SMS om denne undersøkelsen. Du kan fortsatt svare med lenken din så lenge undersøkelsen er åpen.
stop = Stopp meldingene
stop-back = Gå tilbake
stop-done = Du får ingen flere meldinger
stop-still = Lenken din virker fortsatt, hvis du vil svare likevel.
stop-answer = Til undersøkelsen

thanks-title = Takk, svarene er sendt inn
thanks-unlinked = Svarene er lagret uten kobling til deg.
thanks-close = Du kan lukke denne siden.

contact-question = Spørsmål om undersøkelsen?
contact-web = Nettside

problem-ask = Lurer du på noe, kan du spørre lederen din eller HR.
problem-unknown_link-title = Vi kjenner ikke igjen lenken
problem-unknown_link-text = Kanskje kom ikke hele lenken med. Åpne SMS-en og trykk på lenken der, eller kopier den helt til siste tegn.
problem-closed-title = Undersøkelsen er avsluttet
problem-closed-text = Det går ikke an å svare lenger. Takk for at du ville være med.
problem-closed-at = Svarfristen gikk ut { $at }.
problem-not_open-title = Undersøkelsen har ikke åpnet ennå
problem-not_open-text = Ta vare på SMS-en og bruk den samme lenken senere.
problem-not_open-at = Du kan svare fra { $at }.
problem-answered-title = Denne lenken er allerede brukt
problem-answered-text = Svarene er sendt inn, og hver lenke kan brukes én gang. Takk for at du deltok.
problem-bad_form-title = Vi fikk ikke med oss hele skjemaet
problem-bad_form-text = Noe gikk galt på veien. Gå tilbake, last siden på nytt og prøv igjen. Det du hadde svart tidligere, er der fortsatt.
problem-too_large-title = Det ble for mye på én gang
problem-too_large-text = Det du sendte, var større enn skjemaet tar imot. Gå tilbake, kort ned teksten og prøv igjen.
problem-too_many-title = Vent litt, så går det bedre
problem-too_many-text = Det kom svært mange forespørsler på kort tid. Vent et minutt og prøv igjen. Svarene dine er ikke borte.
problem-broken-title = Noe gikk galt hos oss
problem-broken-text = Feilen er vår, og vi har fått beskjed om den. Prøv igjen om litt. Svar som du alt har lagret, er ikke borte.
problem-down-title = Tjenesten er nede et øyeblikk
problem-down-text = Prøv igjen om noen minutter med den samme lenken. Svar som du alt har lagret, er ikke borte.

moment = { $day }. { $month } { $year } kl. { $hour }.{ $minute }
clock = { $hour }.{ $minute }
month-1 = januar
month-2 = februar
month-3 = mars
month-4 = april
month-5 = mai
month-6 = juni
month-7 = juli
month-8 = august
month-9 = september
month-10 = oktober
month-11 = november
month-12 = desember

hr-duration-seconds = { $n } s
hr-duration-minutes = { $n } min
hr-duration-hours = { $n } t

hr-skip = Gå til innholdet
hr-menu = Meny
hr-campaigns = Undersøkelser
hr-people = Medarbeidere
hr-phones = Telefoner
hr-logout = Logg ut
hr-cancel = Avbryt
hr-search = Søk

hr-login-title = Logg inn
hr-login-fault = Feil:
hr-login-name = Brukernavn
hr-login-password = Passord
hr-login-go = Logg inn
hr-login-wrong = Brukernavnet eller passordet stemmer ikke. Prøv igjen.
hr-login-too_many = Det har vært for mange forsøk. Vent noen minutter og prøv igjen.
hr-login-expired = Siden hadde stått åpen for lenge. Logg inn på nytt.
hr-login-employees = Skal du svare på en undersøkelse? Bruk lenken i SMS-en, da trenger du ikke å logge inn.

hr-state-draft = Utkast
hr-state-sending = Sendes ut
hr-state-open = Åpen
hr-state-closed = Avsluttet
hr-state-published = Publisert
hr-opens = Åpner { $at }
hr-opened = Åpnet { $at }
hr-closes = Svarfrist { $at }
hr-answered-of = { $answered } av { $invited } har svart
hr-home-draft = Ikke sendt ut ennå.
hr-home-empty-title = Ingen undersøkelser ennå
hr-home-empty-text = Skriv undersøkelsen i nettleseren eller last opp filen.

hr-launch-prepare = Forbered utsending
hr-results-see = Se resultatene
hr-phones-see = Se telefonene
hr-live = Tallene oppdateres av seg selv.
hr-live-pause = Stopp oppdateringen
hr-live-paused = Oppdateringen er stoppet.
hr-live-go-on = Start den igjen
hr-draft-title = Undersøkelsen er ikke sendt ut
hr-draft-text = Neste steg er å se gjennom hvem som får den, hva SMS-en sier og hva den koster. Ingenting sendes før du bekrefter.
hr-answers = Svarprosent
hr-started = { $n ->
    [one] Én har begynt, men ikke sendt inn.
   *[other] { $n } har begynt, men ikke sendt inn.
}
hr-messages = SMS
hr-count-invited = Mottakere
hr-count-sent = Sendt
hr-count-delivered = Levert
hr-count-waiting = Venter
hr-count-failed = Feilet
hr-count-uncertain = Usikre
hr-count-answered = Svart
hr-count-started = Påbegynt
hr-rate-why = Svarprosenten vises i hele prosent, og ikke der færre enn { $k } har svart. Er den skjermet, kan et område til være det, slik at ingen kan regne seg fram.
hr-steps = Hva vil du gjøre?
hr-correct = Rett et telefonnummer
hr-correct-text = Alle meldinger som ikke kom fram, med grunnen.
hr-uncertain-why = Usikre meldinger kan ha blitt sendt, men vi fikk ikke bekreftelse. De sendes ikke på nytt, så ingen får dobbelt.
hr-areas = Kommunalsjefområder
hr-area = Kommunalsjefområde
hr-rate = Svarprosent
hr-few = færre enn { $k }
hr-close-title = Avslutt undersøkelsen
hr-close-text = Da kan ingen svare lenger, SMS-er som venter, blir ikke sendt, og påbegynte utkast slettes. Det kan ikke gjøres om.
hr-close = Avslutt nå
hr-open-title = Åpne svarene
hr-open-text = Svarene ligger forseglet. Når du åpner dem, blir de stokket, og nøkkelen blir slettet. Det kan ikke gjøres om.
hr-open = Åpne svarene
hr-open-two = Svarene må åpnes av to sammen, med hver sin del av nøkkelen. Be driften kjøre `medvirk campaign open`.
hr-interim-title = Foreløpige resultater
hr-interim-text = Åpner svarene som er kommet til nå, og publiserer dem for hele virksomheten og kommunalsjefområdene, mens folk fortsatt svarer. Det krever at mange nok har svart siden sist. Det som er publisert, blir stående, og de endelige resultatene må skjermes sammen med det.
hr-interim = Publiser foreløpige resultater
hr-publish-title = Publiser resultatene
hr-publish-text = Undersøkelsen er avsluttet. Når du publiserer, blir resultatene synlige for dem som har tilgang.
hr-publish = Publiser

hr-ends = Den siste sendes { $at }.
hr-last-minute = { $n ->
    [one] Én ble sendt det siste minuttet.
   *[other] { $n } ble sendt det siste minuttet.
}
hr-held = Ingenting blir sendt nå
hr-held-why-person = Satt på pause av { $who }.
hr-held-why-doubts = For mange meldinger er i tvil: SMS-leverandøren sier ikke hva som ble av dem.
hr-held-why-account = SMS-leverandøren avviser kontoen eller passordet.
hr-held-why-credit = Det er ingenting igjen på kontoen hos SMS-leverandøren.
hr-held-why-sender = SMS-leverandøren avviser avsenderen.
hr-held-why-settings = SMS-leverandøren kan ikke brukes slik den er satt opp.
hr-held-why-country = SMS-leverandøren sender ikke til Norge.
hr-held-why-text = SMS-leverandøren avviser teksten.
hr-held-why-other = SMS-leverandøren avviser meldingene.
hr-delivery-see = Mer om meldingene
hr-delivery-title = Meldingene
hr-delivery-steps = Dette kan du gjøre
hr-resume = Fortsett å sende
hr-rounds = Utsendinger
hr-round = Utsending
hr-round-written = Tidspunkt
hr-round-invitation = Invitasjon
hr-round-reminder = Påminnelse { $n }
hr-count-cancelled = Avlyst
hr-next-reminder = Neste påminnelse sendes { $at }, til dem som ikke har svart innen da.
hr-remind = Send påminnelse nå
hr-remind-text = Bare til dem som verken har svart eller sagt STOPP.
hr-add-people = Inviter nye ansatte
hr-add-people-text = Alle som har kommet inn i registeret etter utsendingen, og de som har fått nummeret rettet der.
hr-pause = Sett på pause
hr-pause-text = Ingenting mer sendes før du fortsetter.
hr-cancel-unsent = Avlys det som ikke er sendt
hr-cancel-unsent-text = Disse meldingene blir aldri sendt. Det kan ikke angres.
hr-doubts = { $n ->
    [one] Én melding er usikker
   *[other] { $n } meldinger er usikre
}
hr-doubts-text = De kan ha blitt sendt, men ingen vet det. Vi sender aldri en slik melding på nytt av oss selv, slik at ingen får to.
hr-doubts-rest = Det kan fortsatt komme en leveringsrapport. Etter en time kan du bestemme.
hr-doubts-leave = La dem være
hr-doubts-leave-text = De som ikke fikk noe, får neste påminnelse.
hr-doubts-again = Send dem på nytt
hr-doubts-again-text = Noen kan få meldingen to ganger.
hr-problems = Numre som må rettes
hr-problems-text = Disse invitasjonene er ikke kommet fram. Skriv riktig nummer, så går invitasjonen dit med en gang.
hr-problems-csv = Alle som fil
hr-problems-none = Alle invitasjoner vi vet om, er kommet fram.
hr-problems-more = Det er flere. Filen har alle.
hr-problem-who = Ansatt
hr-problem-phone = Nummer
hr-problem-why = Hvorfor
hr-problem-mend = Riktig nummer
hr-problem-number = Riktig nummer
hr-problem-go = Rett
hr-problem-failed = Avvist
hr-problem-undelivered = Ikke levert
hr-problem-expired = Telefonen var utilgjengelig for lenge
hr-problem-uncertain = Usikker
hr-mended-sent = Nummeret er rettet, og invitasjonen er på vei.
hr-mended-bad_number = Det er ikke et telefonnummer. Ingenting er endret.
hr-decided = Dette er bestemt
hr-decided-paused = satte utsendingen på pause
hr-decided-resumed = fortsatte utsendingen
hr-decided-reminded = sendte en påminnelse
hr-decided-people_added = inviterte nye ansatte
hr-decided-unsent_cancelled = avlyste det som ikke var sendt
hr-decided-doubts_left = lot usikre meldinger være
hr-decided-doubts_sent_again = sendte usikre meldinger på nytt
hr-decided-number_corrected = rettet et nummer
hr-decided-sample_sent = sendte en prøve
hr-decided-opened = åpnet svarene
hr-decided-published = publiserte resultatene
hr-decided-purged = slettet svar og invitasjoner
hr-decided-leavers_deleted = slettet dem som har sluttet
hr-decided-log_shortened = slettet begynnelsen av denne loggen
hr-decided-record_exported = hentet ut det som er lagret om en ansatt
hr-decided-record_erased = slettet det som er lagret om en ansatt
hr-launch-foreign = Utenlandske numre
hr-launch-ends = Hvis du sender nå, går den siste meldingen { $at }.
hr-launch-costly = Disse tegnene gjør at meldingen koster mer enn det dobbelte:
hr-launch-instead = kan skrives
hr-launch-confirm-title = Send
hr-launch-confirm = Skriv antall mottakere, { $n }, for å bekrefte
hr-launch-miscounted = Den går til { $n } mottakere, og du skrev et annet tall. Ingenting er sendt.
hr-sample-title = Se den på din egen telefon
hr-sample-text = Du får meldingen slik den vil se ut. Lenken i den fører ikke til noen undersøkelse.
hr-sample-phone = Telefonnummeret ditt
hr-sample-go = Send en prøve
hr-sample-sent = Prøven er på vei.
hr-sample-bad_number = Det er ikke et telefonnummer. Ingenting er sendt.
hr-sample-not_sent = SMS-leverandøren tok ikke imot prøven. Spør den som drifter medvirk.
hr-sample-too_many = Det er sendt ti prøver på en time. Vent litt, og prøv igjen.

hr-launch-title = Se over utsendingen
hr-launch-lead = Ingenting er sendt ennå. Slik blir utsendingen hvis du bekrefter.
hr-launch-obstacles = Dette må rettes først
hr-launch-recipients = Mottakere
hr-launch-parts = SMS-deler
hr-launch-cost = Pris
hr-launch-time = Utsendingen tar
hr-launch-invalid = Ikke mobil
hr-launch-duplicates = Numre som deles
hr-launch-left-out = Et nummer som ikke er en mobil, får neppe meldingen. Der flere deler et nummer, får hver sin lenke.
hr-launch-texts = Meldingen
hr-launch-text = { $parts ->
    [one] { $recipients } mottakere, én del
   *[other] { $recipients } mottakere, opptil { $parts } deler
}
hr-launch-warning = Når du bekrefter, begynner utsendingen. En SMS som er sendt, kan ikke kalles tilbake.
hr-launch = Send til { $n } mottakere

hr-people-total = { $n } medarbeidere i registeret.
hr-people-people = Medarbeidere
hr-people-services = Tjenestesteder
hr-people-units = Avdelinger
hr-people-leaders = Personalansvar
hr-people-union = Tillitsvalgte
hr-people-safety = Verneombud
hr-people-empty-title = Registeret er tomt
hr-people-empty-text = Hent en CSV-fil fra lønns- eller personalsystemet med minst ansattnr og mobil, gjerne også kommunalsjefområde, tjenestested, avdeling, fødselsår, språk, personalansvar, tillitsvalgt og verneombud. Prøv først, importer så:

hr-results = Resultater
hr-asked = Spurt: { $audience }
hr-asked-everybody = Spurt: alle
hr-hidden-too_few = Skjermet, fordi færre enn { $k } har svart.
hr-hidden-free_text = Fritekst vises ikke før noen har fjernet det som kan identifisere personer.
hr-results-empty-title = Ingen resultater å vise ennå
hr-results-empty-text = Resultatene vises når undersøkelsen er avsluttet, svarene er åpnet og resultatene er publisert.
hr-whole = Hele organisasjonen
hr-mean = Snitt
hr-favourable = Positive
hr-group = Gruppe
hr-divide = Del opp etter
hr-divide-places = Enhet
hr-by-age = Alder
hr-by-employment = Ansettelsesform
hr-by-role = Rolle
hr-by-language = Språk
hr-questions = Spørsmål
hr-previous = Forrige spørsmål
hr-next = Neste spørsmål

hr-phones-lead = Simulatoren tar imot alle SMS-er i demoen. Åpne en lenke og svar som medarbeideren ville gjort.
hr-phones-search = Søk etter telefonnummer
hr-phones-count = { $n ->
    [one] Én telefon
   *[other] { $n } telefoner
}
hr-page = Side { $page } av { $pages }
hr-pages = Sider
hr-newer = Nyere
hr-older = Eldre
hr-phones-none = Ingen telefon har dette nummeret
hr-phones-empty = Ingen SMS-er er kommet ennå
hr-phones-all = Vis alle telefoner
hr-sms-accepted = Mottatt av simulatoren
hr-sms-delivered = Levert
hr-sms-undelivered = Ikke levert

hr-failure-home = Til undersøkelsene
hr-failure-forbidden-title = Du har ikke tilgang til dette
hr-failure-forbidden-text = Kontoen din gir ikke tilgang til siden. Spør HR hvis du mener at du skal ha det.
hr-failure-expired-title = Siden hadde stått åpen for lenge
hr-failure-expired-text = Av sikkerhetsgrunner ble ingenting gjort. Gå tilbake, last siden på nytt og prøv igjen.
hr-failure-not_found-title = Vi finner ikke siden
hr-failure-not_found-text = Adressen er feil, eller det som lå her, er fjernet.
hr-failure-refused-title = Det lar seg ikke gjøre nå
hr-failure-refused-text = Ingenting er endret.
hr-failure-too_many-title = For mange forespørsler
hr-failure-too_many-text = Vent et minutt og prøv igjen.
hr-failure-too_large-title = Det ble for stort
hr-failure-too_large-text = Det som ble sendt, er større enn siden tar imot. Ingenting er lagret.
hr-failure-broken-title = Noe gikk galt hos oss
hr-failure-broken-text = Feilen er vår og er skrevet i loggen. Prøv igjen om litt.
hr-failure-down-title = Tjenesten er nede et øyeblikk
hr-failure-down-text = Databasen svarer ikke. Prøv igjen om litt. Ingenting er gått tapt.

hr-texts = Fritekst
hr-texts-lead = Hver tekst blir lest to ganger før noe av den kan publiseres: én fjerner det som kan peke på noen, og en annen frigir den. Du ser spørsmålet og kommunalsjefområdet, og ikke noe annet om hvem som skrev.
hr-texts-alone = Du er den eneste med HR-konto, og leser derfor begge ganger. Fire øyne ser mer enn to: be om en konto til.
hr-texts-sealed = Tekstene kan leses når undersøkelsen er avsluttet og svarene er åpnet.
hr-texts-no-questions = Undersøkelsen har ingen spørsmål som besvares med egne ord.
hr-texts-question = Spørsmål
hr-texts-other = (egne ord under «Annet»)
hr-texts-lists = Hvor tekstene står
hr-texts-list-new = Å vaske
hr-texts-list-cleaned = Å frigi
hr-texts-list-released = Frigitt
hr-texts-list-threat = Trusler
hr-texts-list-unusable = Ubrukelige
hr-texts-aside = Lagt til side
hr-texts-themes = Temaer
hr-texts-publish-title = Publiser
hr-texts-publish-text = Hvor mange tekster som handler om hvert tema, blir publisert der det er mange nok, og tallene endres litt, slik at ingen kan gjenkjennes. Det kan gjøres én gang og kan ikke gjøres om.
hr-texts-publish-words = Publiser også ordene, der minst { $n } tekster står sammen
hr-texts-publish = Publiser friteksten
hr-texts-published = Friteksten er publisert. Ingenting kan endres lenger.
hr-texts-figures-first = Publiser resultatene først. Friteksten følger når alt er lest.
hr-texts-unfinished = { $n ->
    [one] Én tekst venter fortsatt på å bli lest.
   *[other] { $n } tekster venter fortsatt på å bli lest.
}
hr-texts-nothing = Ingen tekst er frigitt, så det er ingenting å publisere.
hr-texts-step-new = Første lesing: vask
hr-texts-step-cleaned = Andre lesing: frigi
hr-texts-step-released = Frigitt
hr-texts-step-threat = Lagt til side som trussel
hr-texts-step-unusable = Lagt til side som ubrukelig
hr-texts-step-text-new = Fjern navn, steder, datoer, helse, sitater og talemåter som en kollega ville kjenne igjen. Behold det teksten handler om. Er den en trussel, eller er noen i fare, si fra med en gang til den som håndterer slikt, og legg teksten til side.
hr-texts-step-text-cleaned = Kan en nær kollega se av disse ordene hvem som skrev dem, eller hvem de handler om? Frigi dem bare hvis ikke. Den som endrer ordene, har lest første gang, og da må en annen frigi.
hr-texts-step-text-released = Den telles under temaene sine. Originalen er slettet.
hr-texts-step-text-threat = Den telles ikke og publiseres ikke. Den må håndteres på annen måte, utenfor medvirk.
hr-texts-step-text-unusable = Den telles ikke og publiseres ikke.
hr-texts-original = Slik den ble skrevet
hr-texts-words = Det som kan bli stående
hr-texts-clean = Lagre og gå til neste
hr-texts-release = Frigi
hr-texts-again = Lagre andre ord
hr-texts-mark = Lagre temaene
hr-texts-return = Send tilbake til første lesing
hr-texts-unusable = Ubrukelig
hr-texts-threat = Trussel eller fare
hr-texts-another = Du har vasket denne teksten, så en annen må frigi den.
hr-texts-before = Den forrige
hr-texts-skip = Hopp over nå
hr-texts-waiting = { $n ->
    [one] Én tekst som du har vasket, venter på at en annen frigir den.
   *[other] { $n } tekster som du har vasket, venter på at en annen frigir dem.
}
hr-texts-none = Det er ikke flere her.
hr-texts-all = Alle spørsmål
hr-texts-themes-text = Noen få ord for det mange skriver om. Bare hvor mange tekster som handler om et tema, blir publisert, og bare der det er mange nok.
hr-texts-theme-nb = Bokmål
hr-texts-theme-nn = Nynorsk
hr-texts-theme-en = Engelsk
hr-texts-theme-add = Legg til tema
hr-texts-theme-remove = Slett
hr-words-title = Det som ble skrevet
hr-words-other = Det som ble skrevet under «Annet»
hr-words-how = Hvor mange tekster som handler om hvert tema; en tekst kan handle om flere. Tall under { $k } er skjermet, og det er også de som ville røpe et slikt tall. Tallene er endret litt.
hr-words-too-few = Skjermet, fordi færre enn { $k } tekster er frigitt.
hr-words-theme = Tema
hr-words-no-themes = Det er ikke laget noen temaer.
hr-words-order = Alt som peker på noen, er fjernet. Rekkefølgen er tilfeldig. Ord vises bare der minst { $n } tekster står sammen.
hr-words-few = Ordene er skjermet, fordi færre enn { $n } tekster står sammen.
hr-decided-text_cleaned = vasket en tekst
hr-decided-text_put_aside = la en tekst til side
hr-decided-text_released = frigav en tekst
hr-decided-text_returned = sendte en tekst tilbake
hr-decided-themes_changed = endret temaene
hr-decided-words_published = publiserte friteksten

## Resultatene, slik de ser dem som har tilgang
hr-res-tab-overview = Oversikt
hr-res-place = Hvor du er
hr-res-own = Dine steder:
hr-res-rest = Resten
hr-res-now = Nå
hr-res-before = Forrige gang
hr-res-leaders = Ledere
hr-res-employees = Medarbeidere
hr-res-how = Tallene er publisert og like for alle. Grupper der færre enn { $k } har svart, er skjermet, og noen svar er flyttet tilfeldig før de ble telt, slik at ingen kan gjenkjennes.
hr-res-rate-hidden = Skjermet
hr-res-rate-under = Under 10 %
hr-res-rate-over = Over 90 %
hr-res-invited = { $n } ble spurt
hr-res-below = Svarprosent per enhet
hr-res-below-all = Alle { $n } steder
hr-res-findings = Det som skiller seg ut
hr-res-findings-none = Ingen spørsmål skiller seg ut her. Se gjennom alle spørsmålene under.
hr-res-kind-higher = Høyere enn resten
hr-res-kind-lower = Lavere enn resten
hr-res-kind-up = Opp siden sist
hr-res-kind-down = Ned siden sist
hr-res-kind-highest = Blant de høyeste
hr-res-kind-lowest = Blant de laveste
hr-res-finding-higher = { $place }: { $own } svarer positivt, mot { $other } hos resten. Det er { $points } prosentpoeng mer.
hr-res-finding-lower = { $place }: { $own } svarer positivt, mot { $other } hos resten. Det er { $points } prosentpoeng mindre.
hr-res-finding-up = { $place }: { $own } svarer positivt, mot { $other } forrige gang. Det er { $points } prosentpoeng mer.
hr-res-finding-down = { $place }: { $own } svarer positivt, mot { $other } forrige gang. Det er { $points } prosentpoeng mindre.
hr-res-finding-highest = { $own } svarer positivt.
hr-res-finding-lowest = { $own } svarer positivt.
hr-res-all = Alle spørsmål
hr-res-positive = svarer positivt
hr-res-mean = i snitt
hr-res-words = Egne ord, se spørsmålet
hr-res-unread = Egne ord, ikke publisert ennå
hr-res-hidden = Skjermet
hr-res-asked = Spurt
hr-res-answered = Svart
hr-res-not-asked = Ikke spurt
hr-res-open = Spurt, men ubesvart
hr-res-dont-know = Vet ikke
hr-res-svg = Last ned bildet (SVG)
hr-res-csv = Last ned tallene (CSV)
hr-res-sides = Side om side
hr-res-wordings = Slik ble de spurt
hr-res-pair = Forskjellen mellom ledere og medarbeidere er { $points } prosentpoeng.
hr-res-significant = Det er mer enn tilfeldig.
hr-res-chance = Det kan være tilfeldig.
hr-res-too-few = for få til å si
hr-res-divided = Delt opp
hr-res-show = Vis
hr-res-show-shares = Fordeling
hr-res-show-means = Snitt
hr-res-option = Svaret som sammenlignes
hr-res-marked = ▲ og ▼ betyr at forskjellen fra resten er større enn tilfeldigheter skulle tilsi.
hr-res-all-hidden = Alle delene er skjermet, fordi færre enn { $k } har svart i dem.
hr-res-no-parts = Dette er ikke delt videre opp.
hr-res-some-hidden = { $n ->
    [one] Én gruppe er skjermet, fordi færre enn { $k } har svart i den eller i en gruppe ved siden av.
   *[other] { $n } grupper er skjermet, fordi færre enn { $k } har svart i dem eller i en gruppe ved siden av.
}
hr-res-table = Tallene som tabell
hr-res-against = Mot resten
hr-res-trend = Over tid
hr-res-change = Endringen siden forrige gang er { $points } prosentpoeng.
hr-res-refused-no_such_question = { $wave }: spørsmålet ble ikke publisert da.
hr-res-refused-type = { $wave }: det ble spurt på en annen måte da.
hr-res-refused-answers = { $wave }: det var andre svar å velge mellom da.
hr-res-refused-direction = { $wave }: høye tall betydde det motsatte da.
hr-res-refused-audience = { $wave }: det var ikke de samme som ble spurt da.
hr-res-tab-heat = Varmekart
hr-res-tab-compare = Sammenlign
hr-res-tab-indices = Indekser
hr-res-of-questions = Spørsmål
hr-res-of-indices = Indekser
hr-res-level = Nivå
hr-res-level-1 = Kommunalsjefområder
hr-res-level-2 = Tjenestesteder
hr-res-level-3 = Avdelinger
hr-res-heat-how = Tallet er andelen som svarer positivt i prosent, eller snittet for indekser. Fargen viser avstanden til den øverste raden.
hr-res-heat-lower = Lavere
hr-res-heat-same = Som øverst
hr-res-heat-higher = Høyere
hr-res-sort = Sorter etter { $column }
hr-res-heat-hidden = { $n ->
    [one] Én rute er skjermet, fordi færre enn { $k } har svart der eller i en gruppe ved siden av.
   *[other] { $n } ruter er skjermet, fordi færre enn { $k } har svart der eller i en gruppe ved siden av.
}
hr-res-heat-none = Undersøkelsen har ingen spørsmål med skala, så det er ingenting å vise her.
hr-res-index-how = En indeks er gjennomsnittet av snittene for spørsmålene i den, snudd slik at høyt alltid er bra.
hr-res-index-none = Skjermet: minst { $n } av spørsmålene må kunne vises.
hr-res-items = Spørsmålene i indeksen ({ $n })
hr-res-turned = snudd
hr-res-indices-none = Undersøkelsen har ingen indekser.
hr-res-one = Denne
hr-res-other = mot denne
hr-res-compare = Sammenlign
hr-res-against-rest = { $one } mot resten av { $other }.
hr-res-against-other = { $one } mot { $other }.
hr-res-points = { $points } prosentpoeng.
hr-res-compare-hidden = { $n ->
    [one] Ett spørsmål er skjermet hos minst én av dem.
   *[other] { $n } spørsmål er skjermet hos minst én av dem.
}
hr-res-compare-ask = Velg to steder.

## Undersøkelser og register i nettleseren
hr-survey-new = Ny undersøkelse
hr-survey-edit = Endre undersøkelsen
hr-survey-lead = Skriv undersøkelsen her, eller last opp filen. Ingenting lagres før den er uten feil, og ingenting sendes før du bekrefter utsendingen.
hr-survey-saved = Lagret som utkast.
hr-survey-nameless = Gi undersøkelsen et navn.
hr-survey-broken = Dette må rettes. Ingenting er lagret.
hr-survey-warned = Dette bør du se på
hr-survey-name = Navn
hr-survey-source = Undersøkelsen (YAML)
hr-survey-file = Eller last opp en fil
hr-survey-save = Sjekk og lagre
hr-survey-create = Sjekk og opprett utkast
hr-survey-phone = Slik blir den på telefonen
hr-survey-page = Side
hr-survey-language = Språk
hr-survey-show = Vis
hr-import = Hent inn en fil
hr-import-text = En CSV-fil med minst ansattnr og mobil. De som finnes fra før, blir kjent igjen på ansattnummeret. Ingen forsvinner av seg selv.
hr-import-file = Fil
hr-import-how = Hvis noe er nytt eller galt
hr-import-new-areas = Ta med nye kommunalsjefområder
hr-import-skip-bad = Hopp over rader med feil
hr-import-complete = Filen er hele registeret: De som ikke er i den, har sluttet og får ingen flere meldinger
hr-import-left = { $n ->
    [one] Én person som ikke er i filen, står som sluttet.
   *[other] { $n } personer som ikke er i filen, står som sluttet.
}
hr-import-try = Prøv uten å lagre
hr-import-report = Feilene som fil
hr-import-go = Hent inn
hr-import-unreadable = Filen kan ikke leses:
hr-import-saved = Registeret er oppdatert
hr-import-stopped = Ingenting er lagret, fordi noen rader har feil
hr-import-tried = Slik ville det blitt. Ingenting er lagret
hr-import-counts = { $new } nye, { $changed } endret, { $unchanged } uendret, { $missing } som ikke er i filen, { $bad } rader med feil.
hr-import-line = Linje { $line }
hr-import-more = Og { $n } til. Filen med feilene har alle.
hr-decided-definition_changed = endret undersøkelsen

hr-published-none = Ingenting er publisert som du har tilgang til.
hr-welcome-title = Velg et passord
hr-welcome-advice = Minst 12 tegn. Flere ord som ikke har noe med hverandre å gjøre, er lette å huske og vanskelige å gjette.
hr-welcome-again = Passordet en gang til
hr-welcome-go = Lagre passordet
hr-welcome-short = Passordet må ha minst 12 tegn.
hr-welcome-long = Passordet er for langt.
hr-welcome-guessable = Dette passordet er lett å gjette. Ta flere ord som ikke har noe med hverandre å gjøre.
hr-welcome-different = De to passordene er ikke like.
hr-welcome-gone-title = Lenken er brukt
hr-welcome-gone-text = Lenken virker én gang og i to dager. Be den som sendte den, om en ny, eller logg inn hvis du har et passord.

hr-viewed-note = Hvem som ser på resultater, hvilke, når og hvorfra, blir skrevet ned, og revisor kan lese det. Det gjelder alle kontoer, også HR.

hr-record = Innsyn og sletting
hr-record-text = For en ansatt som ber om å få se eller få slettet det som er lagret om vedkommende. Hvem som gjorde det, blir skrevet ned.
hr-record-number = Ansattnummer
hr-record-export = Hent ut som fil
hr-record-erase = Slett
hr-record-again = Skriv ansattnummeret en gang til for å slette
hr-record-not = Svar er aldri med: Ingenting i databasen fører fra en person til et svar, så ingen kan finne dem – verken for å vise dem eller for å slette dem. Om noen har svart, står heller ikke i filen.
hr-record-erased = Slettet. Ansattnummeret finnes ikke lenger i registeret. Ta det ut av filen dere henter inn neste gang også.
hr-record-nobody = Ingen i registeret har det ansattnummeret.
hr-record-different = Ansattnummeret ble skrevet ulikt de to gangene. Ingenting er slettet.
hr-stored = Hva som er lagret, hvorfor og hvor lenge
hr-stored-text = Denne siden er laget av kommentarene i databasens egne tabeller og av innstillingene her. Den er på engelsk.
hr-stored-why = Hvorfor
hr-stored-kept = Hvor lenge
hr-stored-columns = Kolonner
hr-audit = Hvem gjorde hva
hr-audit-text = Hver innlogging, hver visning av resultater, hver eksport og hver beslutning. Ingenting kan tas ut ubemerket: Hver linje bærer kontrollsummen av linjen før.
hr-audit-csv = Alt sammen som fil
hr-audit-number = Nr.
hr-audit-at = Når
hr-audit-who = Hvem
hr-audit-what = Hva
hr-audit-from = Hvorfra
hr-audit-detail = Mer
hr-audit-newest = Nyeste
hr-audit-older = Eldre
hr-audit-empty = Ingenting er gjort ennå
hr-decided-imported = leste inn registeret
hr-decided-created = opprettet undersøkelsen
hr-decided-launched = sendte den ut
hr-decided-closed = avsluttet den
hr-decided-viewed = så på resultater
hr-decided-exported = hentet ut en fil
hr-decided-logged_in = logget inn
hr-decided-login_failed = klarte ikke å logge inn
hr-decided-logged_out = logget ut
hr-decided-account_changed = opprettet eller endret en konto
hr-decided-password_set = valgte et passord
hr-res-png = Last ned bildet (PNG)
hr-res-copy = Kopier bildet
hr-res-copied = Kopiert

hr-login-codes = Verneombud, tillitsvalgte og andre med registrert nummer får en kode på SMS.
hr-login-phone = Mobilnummer
hr-login-send = Send meg en kode
hr-login-bad_number = Dette er ikke et telefonnummer.
hr-login-wrong_code = Koden er ikke riktig.
hr-code-title = Skriv inn koden
hr-code-sent = Hvis nummeret er registrert, er en kode på vei. Den gjelder i ti minutter og for fem forsøk.
hr-code-totp = Koden som autentiseringsappen din viser nå, eller en av gjenopprettingskodene dine.
hr-code = Kode
hr-code-any = En kode fra appen eller en gjenopprettingskode
hr-code-back = Begynn på nytt
hr-account = Kontoen din
hr-role-hr = HR
hr-role-safety_rep = verneombud
hr-role-union_rep = tillitsvalgt
hr-role-leader = leder
hr-role-viewer = leser av resultater
hr-role-auditor = revisor
hr-factor = Totrinnsinnlogging
hr-factor-none = Med en autentiseringsapp på telefonen er ikke et stjålet passord nok til å logge inn. Skann bildet med appen, og skriv koden den viser.
hr-factor-required = Denne kontoen kan sende ut undersøkelser eller lese alt som er gjort. Slå på totrinnsinnlogging før du går videre.
hr-factor-picture = Adressen til autentiseringsappen din, som QR-kode
hr-factor-typed = Eller skriv inn denne hemmeligheten:
hr-factor-go = Slå på
hr-factor-new = Totrinnsinnlogging er på. Ta vare på disse gjenopprettingskodene et sted der du finner dem uten telefonen: Hver av dem logger deg inn én gang. De vises ikke igjen.
hr-factor-set = Totrinnsinnlogging er på.
hr-factor-remove = Slå av
hr-sessions = Her er du logget inn
hr-sessions-begun = Siden
hr-sessions-seen = Sist brukt
hr-sessions-here = her
hr-sessions-end = Logg ut overalt
hr-decided-second_factor_set = slo på totrinnsinnlogging
hr-decided-second_factor_removed = slo av totrinnsinnlogging

hr-login-provider = Logg inn med jobbkontoen
hr-login-no_account = Jobbkontoen din gir ikke tilgang her. Spør HR hvis du mener den skulle gjøre det.
hr-login-down = Innloggingstjenesten svarer ikke. Prøv igjen om litt.
