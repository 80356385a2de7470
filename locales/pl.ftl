# Polski. The words of HR's pages (hr-) are English for Polish readers.

language-switch = Wybierz język
back = Wstecz
next = Dalej
step = Krok { $step } z { $steps }
yes = Tak
no = Nie
other = Inne
open = Bez odpowiedzi
other-words = Własnymi słowami:
required = Odpowiedź wymagana
choices-any = Można zaznaczyć kilka odpowiedzi.
choices-max = Można zaznaczyć najwyżej { $max }.
rank-place = Numer { $n }
rank-choose = Wybierz …
text-caution = Nie pisz niczego, co pozwala rozpoznać Ciebie lub inne osoby: żadnych imion i nazwisk, miejsc, dat ani informacji o zdrowiu. Groźby i zagrożenia zgłoś inną drogą: nikt nie reaguje na to, co tu napiszesz.
opened = Po Twojej odpowiedzi pojawiły się na tej stronie dodatkowe pytania.
late = Termin minął. Odpowiedzi można wysłać do godz. { $at }.

start-go = Rozpocznij
start-go-on = Kontynuuj
start-resumed = Na część pytań już odpowiedziano. Odpowiedzi są zapisane i możesz kontynuować od miejsca, w którym przerwano.
start-minutes = { $n ->
    [one] Zajmie to około jednej minuty.
    [few] Zajmie to około { $n } minut.
   *[other] Zajmie to około { $n } minut.
}
start-closes = Termin odpowiedzi: { $at }.
start-voluntary = Udział jest dobrowolny. Możesz pominąć każde pytanie bez oznaczenia „Odpowiedź wymagana”.

privacy-title = Jak chronimy Twoje odpowiedzi
privacy-link = Link jest przeznaczony tylko dla Ciebie. Dzięki niemu każdy pracownik odpowiada jeden raz, a osoby, które już odpowiedziały, nie dostają przypomnień.
privacy-unlinked = Po wysłaniu odpowiedzi są zapisywane bez nazwiska, numeru telefonu i godziny oraz bez powiązania z linkiem.
privacy-not-stored = Nie zapisujemy adresu IP ani informacji o telefonie, a formularz nie używa plików cookie.
privacy-group = Wyniki dla grup, w których jest mniej niż { $k } odpowiedzi, nigdy nie są pokazywane.
privacy-until-sent = Do chwili wysłania wersja robocza jest zaszyfrowana i można ją otworzyć tylko Twoim linkiem. Zostaje usunięta po wysłaniu, po zamknięciu ankiety, a najpóźniej po 14 dniach.
privacy-limits = To, co napiszesz własnymi słowami, może jednak Cię zdradzić. Nie pisz więc niczego, co wskazuje na Ciebie lub inne osoby.

title-invalid = Do poprawy:
faults-title = Popraw odpowiedzi, aby przejść dalej
fault-missing = Na to pytanie trzeba odpowiedzieć
fault-too_many = Wybierz najwyżej { $max }
fault-excluding = Tej odpowiedzi nie można łączyć z innymi
fault-not_a_number = Wpisz liczbę całkowitą cyframi
fault-too_small = Liczba nie może być mniejsza niż { $min }
fault-too_large = Liczba nie może być większa niż { $max }
fault-too_long = Tekst może mieć najwyżej { $max } znaków
fault-twice = Ta sama odpowiedź jest wybrana dwa razy
fault-gap = Wybieraj po kolei, nie pomijając żadnego miejsca
fault-unknown = Wybierz jedną z podanych odpowiedzi

send-title = Wysłać odpowiedzi?
send-nothing-yet = Nic nie zostało jeszcze wysłane. Naciśnij „Wyślij”, gdy wszystko będzie gotowe.
send-final = Teraz możesz wrócić i zmienić odpowiedzi. Po wysłaniu nikt nie będzie mógł ich odnaleźć, bo nikt nie wie, które odpowiedzi są Twoje.
send = Wyślij

stop-link = Nie chcę więcej wiadomości
stop-title = Żadnych więcej wiadomości?
stop-means = Nie dostaniesz więcej SMS-ów w sprawie tej ankiety. Dopóki ankieta trwa, nadal możesz odpowiedzieć, korzystając ze swojego linku.
stop = Zatrzymaj wiadomości
stop-back = Wróć
stop-done = Nie dostaniesz więcej wiadomości
stop-still = Twój link nadal działa, jeśli jednak zechcesz odpowiedzieć.
stop-answer = Do ankiety

thanks-title = Dziękujemy, odpowiedzi zostały wysłane
thanks-unlinked = Odpowiedzi zapisano bez powiązania z Tobą.
thanks-close = Możesz zamknąć tę stronę.

contact-question = Masz pytania o ankietę?
contact-web = Strona internetowa

problem-ask = W razie pytań zwróć się do przełożonego lub do działu HR.
problem-unknown_link-title = Nie rozpoznajemy tego linku
problem-unknown_link-text = Być może brakuje jego części. Otwórz SMS i naciśnij link albo skopiuj go do ostatniego znaku.
problem-closed-title = Ankieta została zamknięta
problem-closed-text = Nie można już odpowiadać. Dziękujemy za chęć udziału.
problem-closed-at = Termin odpowiedzi minął: { $at }.
problem-not_open-title = Ankieta nie jest jeszcze otwarta
problem-not_open-text = Zachowaj SMS i użyj tego samego linku później.
problem-not_open-at = Odpowiadać można od: { $at }.
problem-answered-title = Ten link został już wykorzystany
problem-answered-text = Odpowiedzi zostały wysłane, a każdy link działa tylko raz. Dziękujemy za udział.
problem-bad_form-title = Nie otrzymaliśmy całego formularza
problem-bad_form-text = Coś poszło nie tak po drodze. Wróć, odśwież stronę i spróbuj ponownie. Wcześniejsze odpowiedzi są nadal zapisane.
problem-too_large-title = To było za dużo naraz
problem-too_large-text = Wysłane dane są większe, niż przyjmuje formularz. Wróć, skróć tekst i spróbuj ponownie.
problem-too_many-title = Poczekaj chwilę
problem-too_many-text = W krótkim czasie przyszło bardzo dużo zapytań. Poczekaj minutę i spróbuj ponownie. Twoje odpowiedzi nie zginęły.
problem-broken-title = Coś poszło nie tak po naszej stronie
problem-broken-text = To nasz błąd i już o nim wiemy. Spróbuj ponownie za chwilę. Zapisane odpowiedzi nie zginęły.
problem-down-title = Usługa jest chwilowo niedostępna
problem-down-text = Spróbuj ponownie za kilka minut, używając tego samego linku. Zapisane odpowiedzi nie zginęły.

moment = { $day } { $month } { $year }, godz. { $hour }:{ $minute }
clock = { $hour }:{ $minute }
month-1 = stycznia
month-2 = lutego
month-3 = marca
month-4 = kwietnia
month-5 = maja
month-6 = czerwca
month-7 = lipca
month-8 = sierpnia
month-9 = września
month-10 = października
month-11 = listopada
month-12 = grudnia
