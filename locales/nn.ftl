# Nynorsk. Keys under hr- belong to HR's pages, all others to what employees see (and to both).

language-switch = Vel språk
back = Tilbake
next = Neste
step = Steg { $step } av { $steps }
yes = Ja
no = Nei
other = Anna
open = Utan svar
other-words = Skriv med eigne ord:
required = Må svarast på
choices-any = Du kan krysse av for fleire.
choices-max = Du kan krysse av for inntil { $max }.
rank-place = Nummer { $n }
rank-choose = Vel …
text-caution = Ikkje skriv noko som kan vise kven du eller andre er: ingen namn, stader, datoar eller opplysningar om helse. Trugsmål og fare må meldast på annan måte: ingen følgjer opp det som blir skrive her.
opened = Svaret ditt gjer at vi spør om litt meir på denne sida.
late = Fristen er ute. Du kan sende inn til { $at }.

start-go = Start
start-go-on = Hald fram der du var
start-resumed = Du har alt svart på noko. Svara ligg klare, og du kan gå vidare der du slapp.
start-minutes = { $n ->
    [one] Det tek om lag eitt minutt.
   *[other] Det tek om lag { $n } minutt.
}
start-closes = Svar innan { $at }.
start-voluntary = Det er frivillig å svare. Du kan hoppe over alle spørsmål som ikkje er merkte «Må svarast på».

privacy-title = Slik tek vi vare på svara dine
privacy-link = Lenkja er berre di. Ho blir brukt til at kvar medarbeidar kan svare éin gong, og til å la vere å purre på dei som har svart.
privacy-unlinked = Når du sender inn, blir svara lagra utan namn, telefonnummer og tidspunkt, og utan kopling til lenkja.
privacy-not-stored = Vi lagrar ikkje IP-adresse eller kva telefon du bruker, og vi bruker ingen informasjonskapslar i skjemaet.
privacy-group = Resultat for grupper med færre enn { $k } svar blir aldri viste.
privacy-until-sent = Så lenge du ikkje har sendt inn, ligg utkastet kryptert, og berre lenkja di kan opne det. Det blir sletta når du sender inn, når undersøkinga stengjer og seinast etter 14 dagar.
privacy-limits = Det du skriv med eigne ord, kan likevel røpe deg. Skriv difor ikkje noko som peikar på deg sjølv eller andre.

title-invalid = Må rettast:
faults-title = Noko må rettast før du kan gå vidare
fault-missing = Dette spørsmålet må svarast på
fault-too_many = Vel inntil { $max }
fault-excluding = Dette valet kan ikkje kombinerast med andre
fault-not_a_number = Skriv eit heilt tal med siffer
fault-too_small = Talet kan ikkje vere mindre enn { $min }
fault-too_large = Talet kan ikkje vere større enn { $max }
fault-too_long = Teksten kan ikkje vere lengre enn { $max } teikn
fault-twice = Du har valt det same to gonger
fault-gap = Vel i rekkjefølgje, utan å hoppe over ein plass
fault-unknown = Vel eit av alternativa

send-title = Klar til å sende inn?
send-nothing-yet = Ingenting er sendt enno. Trykk på «Send inn» når du er ferdig.
send-final = Du kan gå tilbake og endre svara no. Etter at dei er sende inn, kan verken du eller vi hente dei fram att, for då veit ingen kva svar som er dine.
send = Send inn

stop-link = Eg vil ikkje ha fleire meldingar
stop-title = Ingen fleire meldingar?
stop-means = Du får ingen fleire SMS om denne undersøkinga. Du kan framleis svare med lenkja di så lenge undersøkinga er open.
stop = Stopp meldingane
stop-back = Gå tilbake
stop-done = Du får ingen fleire meldingar
stop-still = Lenkja di verkar framleis, om du vil svare likevel.
stop-answer = Til undersøkinga

thanks-title = Takk, svara er sende inn
thanks-unlinked = Svara er lagra utan kopling til deg.
thanks-close = Du kan lukke denne sida.

contact-question = Spørsmål om undersøkinga?
contact-web = Nettside

problem-ask = Lurer du på noko, kan du spørje leiaren din eller HR.
problem-unknown_link-title = Vi kjenner ikkje att lenkja
problem-unknown_link-text = Kanskje kom ikkje heile lenkja med. Opne SMS-en og trykk på lenkja der, eller kopier ho heilt til siste teikn.
problem-closed-title = Undersøkinga er avslutta
problem-closed-text = Det går ikkje an å svare lenger. Takk for at du ville vere med.
problem-closed-at = Svarfristen gjekk ut { $at }.
problem-not_open-title = Undersøkinga har ikkje opna enno
problem-not_open-text = Ta vare på SMS-en og bruk den same lenkja seinare.
problem-not_open-at = Du kan svare frå { $at }.
problem-answered-title = Denne lenkja er alt brukt
problem-answered-text = Svara er sende inn, og kvar lenkje kan brukast éin gong. Takk for at du deltok.
problem-bad_form-title = Vi fekk ikkje med oss heile skjemaet
problem-bad_form-text = Noko gjekk gale på vegen. Gå tilbake, last sida på nytt og prøv igjen. Det du hadde svart tidlegare, er der framleis.
problem-too_large-title = Det vart for mykje på éin gong
problem-too_large-text = Det du sende, var større enn skjemaet tek imot. Gå tilbake, kort ned teksten og prøv igjen.
problem-too_many-title = Vent litt, så går det betre
problem-too_many-text = Det kom svært mange førespurnader på kort tid. Vent eit minutt og prøv igjen. Svara dine er ikkje borte.
problem-broken-title = Noko gjekk gale hos oss
problem-broken-text = Feilen er vår, og vi har fått melding om han. Prøv igjen om litt. Svar som du alt har lagra, er ikkje borte.
problem-down-title = Tenesta er nede ein augeblink
problem-down-text = Prøv igjen om nokre minutt med den same lenkja. Svar som du alt har lagra, er ikkje borte.

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

hr-skip = Gå til innhaldet
hr-menu = Meny
hr-campaigns = Undersøkingar
hr-people = Medarbeidarar
hr-phones = Telefonar
hr-logout = Logg ut
hr-cancel = Avbryt
hr-search = Søk

hr-login-title = Logg inn
hr-login-fault = Feil:
hr-login-name = Brukarnamn
hr-login-password = Passord
hr-login-go = Logg inn
hr-login-wrong = Brukarnamnet eller passordet stemmer ikkje. Prøv igjen.
hr-login-too_many = Det har vore for mange forsøk. Vent nokre minutt og prøv igjen.
hr-login-expired = Sida hadde stått open for lenge. Logg inn på nytt.
hr-login-employees = Skal du svare på ei undersøking? Bruk lenkja i SMS-en, då treng du ikkje å logge inn.

hr-state-draft = Utkast
hr-state-sending = Blir sendt ut
hr-state-open = Open
hr-state-closed = Avslutta
hr-state-published = Publisert
hr-opens = Opnar { $at }
hr-opened = Opna { $at }
hr-closes = Svarfrist { $at }
hr-answered-of = { $answered } av { $invited } har svart
hr-home-draft = Ikkje sendt ut enno.
hr-home-empty-title = Ingen undersøkingar enno
hr-home-empty-text = Skriv undersøkinga i nettlesaren eller last opp fila.

hr-launch-prepare = Førebu utsending
hr-results-see = Sjå resultata
hr-phones-see = Sjå telefonane
hr-live = Tala blir oppdaterte av seg sjølve.
hr-live-pause = Stopp oppdateringa
hr-live-paused = Oppdateringa er stoppa.
hr-live-go-on = Start ho igjen
hr-draft-title = Undersøkinga er ikkje sendt ut
hr-draft-text = Neste steg er å sjå gjennom kven som får ho, kva SMS-en seier og kva ho kostar. Ingenting blir sendt før du stadfestar.
hr-answers = Svarprosent
hr-started = { $n ->
    [one] Éin har byrja, men ikkje sendt inn.
   *[other] { $n } har byrja, men ikkje sendt inn.
}
hr-messages = SMS
hr-count-invited = Mottakarar
hr-count-sent = Sende
hr-count-delivered = Leverte
hr-count-waiting = Ventar
hr-count-failed = Feila
hr-count-uncertain = Usikre
hr-count-answered = Svart
hr-count-started = Starta
hr-rate-why = Svarprosenten blir vist i heile prosent, og ikkje der færre enn { $k } har svart. Er han skjerma, kan eit område til vere det, slik at ingen kan rekne seg fram.
hr-steps = Kva vil du gjere?
hr-correct = Rett eit telefonnummer
hr-correct-text = Alle meldingar som ikkje kom fram, med grunnen.
hr-uncertain-why = Usikre meldingar kan ha blitt sende, men vi fekk ikkje stadfesting. Dei blir ikkje sende på nytt, så ingen får dobbelt.
hr-areas = Kommunalsjefområde
hr-area = Kommunalsjefområde
hr-rate = Svarprosent
hr-few = færre enn { $k }
hr-close-title = Avslutt undersøkinga
hr-close-text = Då kan ingen svare lenger, SMS-ar som ventar, blir ikkje sende, og påbyrja utkast blir sletta. Det kan ikkje gjerast om.
hr-close = Avslutt no
hr-open-title = Opne svara
hr-open-text = Svara ligg forsegla. Når du opnar dei, blir dei stokka, og nøkkelen blir sletta. Det kan ikkje gjerast om.
hr-open = Opne svara
hr-open-two = Svara må opnast av to saman, med kvar sin del av nøkkelen. Be drifta køyre `medvirk campaign open`.
hr-interim-title = Førebelse resultat
hr-interim-text = Opnar svara som er komne til no, og publiserer dei for heile verksemda og kommunalsjefområda, medan folk framleis svarer. Det krev at mange nok har svart sidan sist. Det som er publisert, blir ståande, og dei endelege resultata må skjermast saman med det.
hr-interim = Publiser førebelse resultat
hr-publish-title = Publiser resultata
hr-publish-text = Undersøkinga er avslutta. Når du publiserer, blir resultata synlege for dei som har tilgang.
hr-publish = Publiser

hr-ends = Den siste blir send { $at }.
hr-last-minute = { $n ->
    [one] Éi vart send det siste minuttet.
   *[other] { $n } vart sende det siste minuttet.
}
hr-held = Ingenting blir sendt no
hr-held-why-person = Sett på pause av { $who }.
hr-held-why-doubts = For mange meldingar er i tvil: SMS-leverandøren seier ikkje kva som vart av dei.
hr-held-why-account = SMS-leverandøren avviser kontoen eller passordet.
hr-held-why-credit = Det er ingenting att på kontoen hos SMS-leverandøren.
hr-held-why-sender = SMS-leverandøren avviser avsendaren.
hr-held-why-settings = SMS-leverandøren kan ikkje brukast slik han er sett opp.
hr-held-why-country = SMS-leverandøren sender ikkje til Noreg.
hr-held-why-text = SMS-leverandøren avviser teksten.
hr-held-why-other = SMS-leverandøren avviser meldingane.
hr-delivery-see = Meir om meldingane
hr-delivery-title = Meldingane
hr-delivery-steps = Dette kan du gjere
hr-resume = Hald fram å sende
hr-rounds = Utsendingar
hr-round = Utsending
hr-round-written = Tidspunkt
hr-round-invitation = Invitasjon
hr-round-reminder = Påminning { $n }
hr-count-cancelled = Avlyste
hr-next-reminder = Neste påminning blir send { $at }, til dei som ikkje har svart innan då.
hr-remind = Send påminning no
hr-remind-text = Berre til dei som verken har svart eller sagt STOPP.
hr-add-people = Inviter nye tilsette
hr-add-people-text = Alle som har kome inn i registeret etter utsendinga, og dei som har fått nummeret retta der.
hr-pause = Set på pause
hr-pause-text = Ingenting meir blir sendt før du held fram.
hr-cancel-unsent = Avlys det som ikkje er sendt
hr-cancel-unsent-text = Desse meldingane blir aldri sende. Det kan ikkje angrast.
hr-doubts = { $n ->
    [one] Éi melding er usikker
   *[other] { $n } meldingar er usikre
}
hr-doubts-text = Dei kan ha vorte sende, men ingen veit det. Vi sender aldri ei slik melding på nytt av oss sjølve, slik at ingen får to.
hr-doubts-rest = Det kan framleis kome ein leveringsrapport. Etter ein time kan du bestemme.
hr-doubts-leave = La dei vere
hr-doubts-leave-text = Dei som ikkje fekk noko, får neste påminning.
hr-doubts-again = Send dei på nytt
hr-doubts-again-text = Nokon kan få meldinga to gonger.
hr-problems = Nummer som må rettast
hr-problems-text = Desse invitasjonane er ikkje komne fram. Skriv rett nummer, så går invitasjonen dit med ein gong.
hr-problems-csv = Alle som fil
hr-problems-none = Alle invitasjonar vi veit om, er komne fram.
hr-problems-more = Det er fleire. Fila har alle.
hr-problem-who = Tilsett
hr-problem-phone = Nummer
hr-problem-why = Kvifor
hr-problem-mend = Rett nummer
hr-problem-number = Rett nummer
hr-problem-go = Rett
hr-problem-failed = Avvist
hr-problem-undelivered = Ikkje levert
hr-problem-expired = Telefonen var utilgjengeleg for lenge
hr-problem-uncertain = Usikker
hr-mended-sent = Nummeret er retta, og invitasjonen er på veg.
hr-mended-bad_number = Det er ikkje eit telefonnummer. Ingenting er endra.
hr-decided = Dette er bestemt
hr-decided-paused = sette utsendinga på pause
hr-decided-resumed = heldt fram med utsendinga
hr-decided-reminded = sende ei påminning
hr-decided-people_added = inviterte nye tilsette
hr-decided-unsent_cancelled = avlyste det som ikkje var sendt
hr-decided-doubts_left = lét usikre meldingar vere
hr-decided-doubts_sent_again = sende usikre meldingar på nytt
hr-decided-number_corrected = retta eit nummer
hr-decided-sample_sent = sende ei prøve
hr-decided-opened = opna svara
hr-decided-published = publiserte resultata
hr-decided-purged = sletta svar og invitasjonar
hr-decided-leavers_deleted = sletta dei som har slutta
hr-decided-log_shortened = sletta starten av denne loggen
hr-decided-record_exported = henta ut det som er lagra om ein tilsett
hr-decided-record_erased = sletta det som er lagra om ein tilsett
hr-launch-foreign = Utanlandske nummer
hr-launch-ends = Om du sender no, går den siste meldinga { $at }.
hr-launch-costly = Desse teikna gjer at meldinga kostar meir enn det doble:
hr-launch-instead = kan skrivast
hr-launch-confirm-title = Send
hr-launch-confirm = Skriv talet på mottakarar, { $n }, for å stadfeste
hr-launch-miscounted = Ho går til { $n } mottakarar, og du skreiv eit anna tal. Ingenting er sendt.
hr-sample-title = Sjå henne på din eigen telefon
hr-sample-text = Du får meldinga slik ho vil sjå ut. Lenkja i henne fører ikkje til noka undersøking.
hr-sample-phone = Telefonnummeret ditt
hr-sample-go = Send ei prøve
hr-sample-sent = Prøva er på veg.
hr-sample-bad_number = Det er ikkje eit telefonnummer. Ingenting er sendt.
hr-sample-not_sent = SMS-leverandøren tok ikkje imot prøva. Spør den som driftar medvirk.
hr-sample-too_many = Det er sendt ti prøver på ein time. Vent litt, og prøv igjen.

hr-launch-title = Sjå over utsendinga
hr-launch-lead = Ingenting er sendt enno. Slik blir utsendinga om du stadfestar.
hr-launch-obstacles = Dette må rettast først
hr-launch-recipients = Mottakarar
hr-launch-parts = SMS-delar
hr-launch-cost = Pris
hr-launch-time = Utsendinga tek
hr-launch-invalid = Ikkje mobil
hr-launch-duplicates = Nummer som blir delte
hr-launch-left-out = Eit nummer som ikkje er ein mobil, får neppe meldinga. Der fleire deler eit nummer, får kvar si lenkje.
hr-launch-texts = Meldinga
hr-launch-text = { $parts ->
    [one] { $recipients } mottakarar, éin del
   *[other] { $recipients } mottakarar, opptil { $parts } delar
}
hr-launch-warning = Når du stadfestar, tek utsendinga til. Ein SMS som er send, kan ikkje kallast tilbake.
hr-launch = Send til { $n } mottakarar

hr-people-total = { $n } medarbeidarar i registeret.
hr-people-people = Medarbeidarar
hr-people-services = Tenestestader
hr-people-units = Avdelingar
hr-people-leaders = Personalansvar
hr-people-union = Tillitsvalde
hr-people-safety = Verneombod
hr-people-empty-title = Registeret er tomt
hr-people-empty-text = Hent ei CSV-fil frå løns- eller personalsystemet med minst ansattnr og mobil, gjerne òg kommunalsjefområde, tjenestested, avdeling, fødselsår, språk, personalansvar, tillitsvalgt og verneombud. Prøv først, importer så:

hr-results = Resultat
hr-asked = Spurde: { $audience }
hr-asked-everybody = Spurde: alle
hr-hidden-too_few = Skjerma, fordi færre enn { $k } har svart.
hr-hidden-free_text = Fritekst blir ikkje vist før nokon har fjerna det som kan identifisere personar.
hr-results-empty-title = Ingen resultat å vise enno
hr-results-empty-text = Resultata blir viste når undersøkinga er avslutta, svara er opna og resultata er publiserte.
hr-whole = Heile organisasjonen
hr-mean = Snitt
hr-favourable = Positive
hr-group = Gruppe
hr-divide = Del opp etter
hr-divide-places = Eining
hr-by-age = Alder
hr-by-employment = Tilsetjingsform
hr-by-role = Rolle
hr-by-language = Språk
hr-questions = Spørsmål
hr-previous = Førre spørsmål
hr-next = Neste spørsmål

hr-phones-lead = Simulatoren tek imot alle SMS-ar i demoen. Opne ei lenkje og svar slik medarbeidaren ville gjort.
hr-phones-search = Søk etter telefonnummer
hr-phones-count = { $n ->
    [one] Éin telefon
   *[other] { $n } telefonar
}
hr-page = Side { $page } av { $pages }
hr-pages = Sider
hr-newer = Nyare
hr-older = Eldre
hr-phones-none = Ingen telefon har dette nummeret
hr-phones-empty = Ingen SMS-ar er komne enno
hr-phones-all = Vis alle telefonar
hr-sms-accepted = Motteken av simulatoren
hr-sms-delivered = Levert
hr-sms-undelivered = Ikkje levert

hr-failure-home = Til undersøkingane
hr-failure-forbidden-title = Du har ikkje tilgang til dette
hr-failure-forbidden-text = Kontoen din gir ikkje tilgang til sida. Spør HR om du meiner at du skal ha det.
hr-failure-expired-title = Sida hadde stått open for lenge
hr-failure-expired-text = Av tryggleiksgrunnar vart ingenting gjort. Gå tilbake, last sida på nytt og prøv igjen.
hr-failure-not_found-title = Vi finn ikkje sida
hr-failure-not_found-text = Adressa er feil, eller det som låg her, er fjerna.
hr-failure-refused-title = Det lèt seg ikkje gjere no
hr-failure-refused-text = Ingenting er endra.
hr-failure-too_many-title = For mange førespurnader
hr-failure-too_many-text = Vent eit minutt og prøv igjen.
hr-failure-too_large-title = Det vart for stort
hr-failure-too_large-text = Det som vart sendt, er større enn sida tek imot. Ingenting er lagra.
hr-failure-broken-title = Noko gjekk gale hos oss
hr-failure-broken-text = Feilen er vår og er skriven i loggen. Prøv igjen om litt.
hr-failure-down-title = Tenesta er nede ein augeblink
hr-failure-down-text = Databasen svarar ikkje. Prøv igjen om litt. Ingenting er gått tapt.

hr-texts = Fritekst
hr-texts-lead = Kvar tekst blir lesen to gonger før noko av han kan publiserast: éin fjernar det som kan peike på nokon, og ein annan frigir han. Du ser spørsmålet og kommunalsjefområdet, og ikkje noko anna om kven som skreiv.
hr-texts-alone = Du er den einaste med HR-konto, og les difor begge gongene. Fire auge ser meir enn to: be om ein konto til.
hr-texts-sealed = Tekstane kan lesast når undersøkinga er avslutta og svara er opna.
hr-texts-no-questions = Undersøkinga har ingen spørsmål som ein svarer på med eigne ord.
hr-texts-question = Spørsmål
hr-texts-other = (eigne ord under «Anna»)
hr-texts-lists = Kvar tekstane står
hr-texts-list-new = Å vaske
hr-texts-list-cleaned = Å frigi
hr-texts-list-released = Frigitt
hr-texts-list-threat = Trugsmål
hr-texts-list-unusable = Ubrukelege
hr-texts-aside = Lagt til side
hr-texts-themes = Tema
hr-texts-publish-title = Publiser
hr-texts-publish-text = Kor mange tekstar som handlar om kvart tema, blir publisert der det er mange nok, og tala blir endra litt, slik at ingen kan bli kjende att. Det kan gjerast éin gong og kan ikkje gjerast om.
hr-texts-publish-words = Publiser òg orda, der minst { $n } tekstar står saman
hr-texts-publish = Publiser friteksten
hr-texts-published = Friteksten er publisert. Ingenting kan endrast lenger.
hr-texts-figures-first = Publiser resultata først. Friteksten følgjer når alt er lese.
hr-texts-unfinished = { $n ->
    [one] Éin tekst ventar framleis på å bli lesen.
   *[other] { $n } tekstar ventar framleis på å bli lesne.
}
hr-texts-nothing = Ingen tekst er frigitt, så det er ingenting å publisere.
hr-texts-step-new = Første lesing: vask
hr-texts-step-cleaned = Andre lesing: frigi
hr-texts-step-released = Frigitt
hr-texts-step-threat = Lagt til side som trugsmål
hr-texts-step-unusable = Lagt til side som ubrukeleg
hr-texts-step-text-new = Fjern namn, stader, datoar, helse, sitat og talemåtar som ein kollega ville kjenne att. Behald det teksten handlar om. Er han eit trugsmål, eller er nokon i fare, sei frå med ein gong til den som handterer slikt, og legg teksten til side.
hr-texts-step-text-cleaned = Kan ein nær kollega sjå av desse orda kven som skreiv dei, eller kven dei handlar om? Frigi dei berre om ikkje. Den som endrar orda, har lese første gong, og då må ein annan frigi.
hr-texts-step-text-released = Han blir talt under temaa sine. Originalen er sletta.
hr-texts-step-text-threat = Han blir ikkje talt og ikkje publisert. Han må handterast på annan måte, utanfor medvirk.
hr-texts-step-text-unusable = Han blir ikkje talt og ikkje publisert.
hr-texts-original = Slik han vart skriven
hr-texts-words = Det som kan bli ståande
hr-texts-clean = Lagre og gå til neste
hr-texts-release = Frigi
hr-texts-again = Lagre andre ord
hr-texts-mark = Lagre temaa
hr-texts-return = Send tilbake til første lesing
hr-texts-unusable = Ubrukeleg
hr-texts-threat = Trugsmål eller fare
hr-texts-another = Du har vaska denne teksten, så ein annan må frigi han.
hr-texts-before = Den førre
hr-texts-skip = Hopp over no
hr-texts-waiting = { $n ->
    [one] Éin tekst som du har vaska, ventar på at ein annan frigir han.
   *[other] { $n } tekstar som du har vaska, ventar på at ein annan frigir dei.
}
hr-texts-none = Det er ikkje fleire her.
hr-texts-all = Alle spørsmål
hr-texts-themes-text = Nokre få ord for det mange skriv om. Berre kor mange tekstar som handlar om eit tema, blir publisert, og berre der det er mange nok.
hr-texts-theme-nb = Bokmål
hr-texts-theme-nn = Nynorsk
hr-texts-theme-en = Engelsk
hr-texts-theme-add = Legg til tema
hr-texts-theme-remove = Slett
hr-words-title = Det som vart skrive
hr-words-other = Det som vart skrive under «Anna»
hr-words-how = Kor mange tekstar som handlar om kvart tema; ein tekst kan handle om fleire. Tal under { $k } er skjerma, og det er òg dei som ville røpe eit slikt tal. Tala er endra litt.
hr-words-too-few = Skjerma, fordi færre enn { $k } tekstar er frigitte.
hr-words-theme = Tema
hr-words-no-themes = Det er ikkje laga nokon tema.
hr-words-order = Alt som peikar på nokon, er fjerna. Rekkjefølgja er tilfeldig. Ord blir viste berre der minst { $n } tekstar står saman.
hr-words-few = Orda er skjerma, fordi færre enn { $n } tekstar står saman.
hr-decided-text_cleaned = vaska ein tekst
hr-decided-text_put_aside = la ein tekst til side
hr-decided-text_released = frigav ein tekst
hr-decided-text_returned = sende ein tekst tilbake
hr-decided-themes_changed = endra temaa
hr-decided-words_published = publiserte friteksten

## Resultata, slik dei ser dei som har tilgang
hr-res-tab-overview = Oversikt
hr-res-place = Kvar du er
hr-res-own = Stadene dine:
hr-res-rest = Resten
hr-res-now = No
hr-res-before = Førre gong
hr-res-leaders = Leiarar
hr-res-employees = Medarbeidarar
hr-res-how = Tala er publiserte og like for alle. Grupper der færre enn { $k } har svara, er skjerma, og nokre svar er flytta tilfeldig før dei vart talde, slik at ingen kan kjennast att.
hr-res-rate-hidden = Skjerma
hr-res-rate-under = Under 10 %
hr-res-rate-over = Over 90 %
hr-res-invited = { $n } vart spurde
hr-res-below = Svarprosent per eining
hr-res-below-all = Alle { $n } stadene
hr-res-findings = Det som skil seg ut
hr-res-findings-none = Ingen spørsmål skil seg ut her. Sjå gjennom alle spørsmåla under.
hr-res-kind-higher = Høgare enn resten
hr-res-kind-lower = Lågare enn resten
hr-res-kind-up = Opp sidan sist
hr-res-kind-down = Ned sidan sist
hr-res-kind-highest = Blant dei høgaste
hr-res-kind-lowest = Blant dei lågaste
hr-res-finding-higher = { $place }: { $own } svarar positivt, mot { $other } hos resten. Det er { $points } prosentpoeng meir.
hr-res-finding-lower = { $place }: { $own } svarar positivt, mot { $other } hos resten. Det er { $points } prosentpoeng mindre.
hr-res-finding-up = { $place }: { $own } svarar positivt, mot { $other } førre gong. Det er { $points } prosentpoeng meir.
hr-res-finding-down = { $place }: { $own } svarar positivt, mot { $other } førre gong. Det er { $points } prosentpoeng mindre.
hr-res-finding-highest = { $own } svarar positivt.
hr-res-finding-lowest = { $own } svarar positivt.
hr-res-all = Alle spørsmål
hr-res-positive = svarar positivt
hr-res-mean = i snitt
hr-res-words = Eigne ord, sjå spørsmålet
hr-res-unread = Eigne ord, ikkje publiserte enno
hr-res-hidden = Skjerma
hr-res-asked = Spurde
hr-res-answered = Svara
hr-res-not-asked = Ikkje spurde
hr-res-open = Spurde, men utan svar
hr-res-dont-know = Veit ikkje
hr-res-svg = Last ned biletet (SVG)
hr-res-csv = Last ned tala (CSV)
hr-res-sides = Side om side
hr-res-wordings = Slik vart dei spurde
hr-res-pair = Skilnaden mellom leiarar og medarbeidarar er { $points } prosentpoeng.
hr-res-significant = Det er meir enn tilfeldig.
hr-res-chance = Det kan vere tilfeldig.
hr-res-too-few = for få til å seie
hr-res-divided = Delt opp
hr-res-show = Vis
hr-res-show-shares = Fordeling
hr-res-show-means = Snitt
hr-res-option = Svaret som blir samanlikna
hr-res-marked = ▲ og ▼ tyder at skilnaden frå resten er større enn tilfeldigheiter skulle tilseie.
hr-res-all-hidden = Alle delane er skjerma, fordi færre enn { $k } har svara i dei.
hr-res-no-parts = Dette er ikkje delt vidare opp.
hr-res-some-hidden = { $n ->
    [one] Éi gruppe er skjerma, fordi færre enn { $k } har svara i henne eller i ei gruppe ved sida av.
   *[other] { $n } grupper er skjerma, fordi færre enn { $k } har svara i dei eller i ei gruppe ved sida av.
}
hr-res-table = Tala som tabell
hr-res-against = Mot resten
hr-res-trend = Over tid
hr-res-change = Endringa sidan førre gong er { $points } prosentpoeng.
hr-res-refused-no_such_question = { $wave }: spørsmålet vart ikkje publisert då.
hr-res-refused-type = { $wave }: det vart spurt på ein annan måte då.
hr-res-refused-answers = { $wave }: det var andre svar å velje mellom då.
hr-res-refused-direction = { $wave }: høge tal tydde det motsette då.
hr-res-refused-audience = { $wave }: det var ikkje dei same som vart spurde då.
hr-res-tab-heat = Varmekart
hr-res-tab-compare = Samanlikn
hr-res-tab-indices = Indeksar
hr-res-of-questions = Spørsmål
hr-res-of-indices = Indeksar
hr-res-level = Nivå
hr-res-level-1 = Kommunalsjefområde
hr-res-level-2 = Tenestestader
hr-res-level-3 = Avdelingar
hr-res-heat-how = Talet er delen som svarar positivt i prosent, eller snittet for indeksar. Fargen viser avstanden til den øvste rada.
hr-res-heat-lower = Lågare
hr-res-heat-same = Som øvst
hr-res-heat-higher = Høgare
hr-res-sort = Sorter etter { $column }
hr-res-heat-hidden = { $n ->
    [one] Éi rute er skjerma, fordi færre enn { $k } har svara der eller i ei gruppe ved sida av.
   *[other] { $n } ruter er skjerma, fordi færre enn { $k } har svara der eller i ei gruppe ved sida av.
}
hr-res-heat-none = Undersøkinga har ingen spørsmål med skala, så det er ingenting å vise her.
hr-res-index-how = Ein indeks er gjennomsnittet av snitta for spørsmåla i han, snudd slik at høgt alltid er bra.
hr-res-index-none = Skjerma: minst { $n } av spørsmåla må kunne visast.
hr-res-items = Spørsmåla i indeksen ({ $n })
hr-res-turned = snudd
hr-res-indices-none = Undersøkinga har ingen indeksar.
hr-res-one = Denne
hr-res-other = mot denne
hr-res-compare = Samanlikn
hr-res-against-rest = { $one } mot resten av { $other }.
hr-res-against-other = { $one } mot { $other }.
hr-res-points = { $points } prosentpoeng.
hr-res-compare-hidden = { $n ->
    [one] Eitt spørsmål er skjerma hos minst éin av dei.
   *[other] { $n } spørsmål er skjerma hos minst éin av dei.
}
hr-res-compare-ask = Vel to stader.

## Undersøkingar og register i nettlesaren
hr-survey-new = Ny undersøking
hr-survey-edit = Endre undersøkinga
hr-survey-lead = Skriv undersøkinga her, eller last opp fila. Ingenting blir lagra før ho er utan feil, og ingenting blir sendt før du stadfestar utsendinga.
hr-survey-saved = Lagra som utkast.
hr-survey-nameless = Gi undersøkinga eit namn.
hr-survey-broken = Dette må rettast. Ingenting er lagra.
hr-survey-warned = Dette bør du sjå på
hr-survey-name = Namn
hr-survey-source = Undersøkinga (YAML)
hr-survey-file = Eller last opp ei fil
hr-survey-save = Sjekk og lagre
hr-survey-create = Sjekk og opprett utkast
hr-survey-phone = Slik blir ho på telefonen
hr-survey-page = Side
hr-survey-language = Språk
hr-survey-show = Vis
hr-import = Hent inn ei fil
hr-import-text = Ei CSV-fil med minst ansattnr og mobil. Dei som finst frå før, blir kjende att på tilsettnummeret. Ingen forsvinn av seg sjølv.
hr-import-file = Fil
hr-import-how = Om noko er nytt eller gale
hr-import-new-areas = Ta med nye kommunalsjefområde
hr-import-skip-bad = Hopp over rader med feil
hr-import-complete = Fila er heile registeret: Dei som ikkje er i ho, har slutta og får ingen fleire meldingar
hr-import-left = { $n ->
    [one] Éin person som ikkje er i fila, står som slutta.
   *[other] { $n } personar som ikkje er i fila, står som slutta.
}
hr-import-try = Prøv utan å lagre
hr-import-report = Feila som fil
hr-import-go = Hent inn
hr-import-unreadable = Fila kan ikkje lesast:
hr-import-saved = Registeret er oppdatert
hr-import-stopped = Ingenting er lagra, fordi nokre rader har feil
hr-import-tried = Slik ville det blitt. Ingenting er lagra
hr-import-counts = { $new } nye, { $changed } endra, { $unchanged } uendra, { $missing } som ikkje er i fila, { $bad } rader med feil.
hr-import-line = Linje { $line }
hr-import-more = Og { $n } til. Fila med feila har alle.
hr-decided-definition_changed = endra undersøkinga

hr-published-none = Ingenting er publisert som du har tilgang til.
hr-welcome-title = Vel eit passord
hr-welcome-advice = Minst 12 teikn. Fleire ord som ikkje har noko med kvarandre å gjere, er lette å hugse og vanskelege å gjette.
hr-welcome-again = Passordet ein gong til
hr-welcome-go = Lagre passordet
hr-welcome-short = Passordet må ha minst 12 teikn.
hr-welcome-long = Passordet er for langt.
hr-welcome-guessable = Dette passordet er lett å gjette. Ta fleire ord som ikkje har noko med kvarandre å gjere.
hr-welcome-different = Dei to passorda er ikkje like.
hr-welcome-gone-title = Lenkja er brukt
hr-welcome-gone-text = Lenkja verkar éin gong og i to dagar. Be den som sende ho, om ei ny, eller logg inn om du har eit passord.

hr-viewed-note = Kven som ser på resultat, kva for nokre, når og kvarfrå, blir skrive ned, og revisor kan lese det. Det gjeld alle kontoar, også HR.

hr-record = Innsyn og sletting
hr-record-text = For ein tilsett som ber om å få sjå eller få sletta det som er lagra om seg. Kven som gjorde det, blir skrive ned.
hr-record-number = Tilsettnummer
hr-record-export = Hent ut som fil
hr-record-erase = Slett
hr-record-again = Skriv tilsettnummeret ein gong til for å slette
hr-record-not = Svar er aldri med: Ingenting i databasen fører frå ein person til eit svar, så ingen kan finne dei – verken for å vise dei eller for å slette dei. Om nokon har svart, står heller ikkje i fila.
hr-record-erased = Sletta. Tilsettnummeret finst ikkje lenger i registeret. Ta det ut av fila de hentar inn neste gong òg.
hr-record-nobody = Ingen i registeret har det tilsettnummeret.
hr-record-different = Tilsettnummeret vart skrive ulikt dei to gongene. Ingenting er sletta.
hr-stored = Kva som er lagra, kvifor og kor lenge
hr-stored-text = Denne sida er laga av kommentarane i databasen sine eigne tabellar og av innstillingane her. Ho er på engelsk.
hr-stored-why = Kvifor
hr-stored-kept = Kor lenge
hr-stored-columns = Kolonnar
hr-audit = Kven gjorde kva
hr-audit-text = Kvar innlogging, kvar vising av resultat, kvar eksport og kvar avgjerd. Ingenting kan takast ut umerkt: Kvar linje ber kontrollsummen av linja før.
hr-audit-csv = Alt saman som fil
hr-audit-number = Nr.
hr-audit-at = Når
hr-audit-who = Kven
hr-audit-what = Kva
hr-audit-from = Kvarfrå
hr-audit-detail = Meir
hr-audit-newest = Nyaste
hr-audit-older = Eldre
hr-audit-empty = Ingenting er gjort enno
hr-decided-imported = las inn registeret
hr-decided-created = oppretta undersøkinga
hr-decided-launched = sende ho ut
hr-decided-closed = avslutta ho
hr-decided-viewed = såg på resultat
hr-decided-exported = henta ut ei fil
hr-decided-logged_in = logga inn
hr-decided-login_failed = klarte ikkje å logge inn
hr-decided-logged_out = logga ut
hr-decided-account_changed = oppretta eller endra ein konto
hr-decided-password_set = valde eit passord
hr-res-png = Last ned biletet (PNG)
hr-res-copy = Kopier biletet
hr-res-copied = Kopiert

hr-login-codes = Verneombod, tillitsvalde og andre med registrert nummer får ein kode på SMS.
hr-login-phone = Mobilnummer
hr-login-send = Send meg ein kode
hr-login-bad_number = Dette er ikkje eit telefonnummer.
hr-login-wrong_code = Koden er ikkje rett.
hr-code-title = Skriv inn koden
hr-code-sent = Om nummeret er registrert, er ein kode på veg. Han gjeld i ti minutt og for fem forsøk.
hr-code-totp = Koden som autentiseringsappen din viser no, eller ein av gjenopprettingskodane dine.
hr-code = Kode
hr-code-any = Ein kode frå appen eller ein gjenopprettingskode
hr-code-back = Byrj på nytt
hr-account = Kontoen din
hr-role-hr = HR
hr-role-safety_rep = verneombod
hr-role-union_rep = tillitsvald
hr-role-leader = leiar
hr-role-viewer = lesar av resultat
hr-role-auditor = revisor
hr-factor = Totrinnsinnlogging
hr-factor-none = Med ein autentiseringsapp på telefonen er ikkje eit stole passord nok til å logge inn. Skann biletet med appen, og skriv koden han viser.
hr-factor-required = Denne kontoen kan sende ut undersøkingar eller lese alt som er gjort. Slå på totrinnsinnlogging før du går vidare.
hr-factor-picture = Adressa til autentiseringsappen din, som QR-kode
hr-factor-typed = Eller skriv inn denne løyndomen:
hr-factor-go = Slå på
hr-factor-new = Totrinnsinnlogging er på. Ta vare på desse gjenopprettingskodane ein stad der du finn dei utan telefonen: Kvar av dei loggar deg inn éin gong. Dei blir ikkje viste igjen.
hr-factor-set = Totrinnsinnlogging er på.
hr-factor-remove = Slå av
hr-sessions = Her er du logga inn
hr-sessions-begun = Sidan
hr-sessions-seen = Sist brukt
hr-sessions-here = her
hr-sessions-end = Logg ut overalt
hr-decided-second_factor_set = slo på totrinnsinnlogging
hr-decided-second_factor_removed = slo av totrinnsinnlogging

hr-login-provider = Logg inn med jobbkontoen
hr-login-no_account = Jobbkontoen din gir ikkje tilgang her. Spør HR om du meiner han skulle gjere det.
hr-login-down = Innloggingstenesta svarar ikkje. Prøv igjen om litt.
