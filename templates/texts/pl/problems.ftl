# Pages that say what is wrong.

problem-to-do = Co można zrobić
problem-technical = Dla osoby, która pomaga
problem-id = Prosząc o pomoc, podaj ten identyfikator:
problem-wait-and-reload = Odczekaj chwilę i załaduj stronę ponownie.

problem-link-title = Ten link do logowania nie działa
problem-link-what = Aplikacja, która Cię tu skierowała, zrobiła to nieprawidłowo, dlatego nie możemy Cię do niej zalogować.
problem-link-fault = To nie Twoja wina: to błąd w aplikacji albo w linku.
problem-link-again = Wróć do aplikacji i zacznij od nowa.
problem-link-tell = Jeśli to nie pomoże, powiadom osoby prowadzące aplikację i podaj im identyfikator poniżej.

problem-ours-title = Coś się tu nie udało
problem-ours-what = Nie udało się dokończyć tej czynności. Nic się nie zmieniło.
problem-ours-fault = To nie Twoja wina.

problem-unread-title = Dane nie dotarły
problem-unread-what = Nie udało się odczytać tego, co zostało wysłane. Nic się nie zmieniło. To nie Twoja wina.
problem-unread-again = Wróć i spróbuj jeszcze raz.

problem-nowhere-title = Nie ma takiej strony
problem-nowhere-what = Ten adres nie prowadzi tu do żadnej strony.
problem-nowhere-check = Sprawdź adres albo zacznij od początku.
problem-nowhere-start = Przejdź do strony głównej

problem-http-title = To połączenie nie jest bezpieczne
problem-http-what = Tę stronę trzeba otworzyć przez https, aby nikt po drodze nie odczytał hasła.
problem-http-https = Otwórz adres, dodając na początku https://
problem-http-open = Otwórz bezpiecznie

problem-before-title = To już zrobione
problem-before-what = To logowanie zostało już zakończone, być może w innej karcie. Nic nie wykonało się dwa razy.
problem-before-back = Wróć do aplikacji. Jeśli Cię nie rozpoznaje, zaloguj się w niej jeszcze raz.

problem-stale-title = Zacznij od nowa
problem-stale-unreadable = Link do tej strony jest niepełny albo pochodzi skądinąd. To nie Twoja wina.
problem-stale-changed = Aplikacja, która Cię tu skierowała, w międzyczasie się zmieniła. To nie Twoja wina.
problem-stale-old = Ta strona była otwarta zbyt długo i dla bezpieczeństwa już nie działa. Nic się nie zmieniło. To nie Twoja wina.
problem-stale-again = Wróć do aplikacji i zaloguj się stamtąd. To tylko chwila.
problem-stale-back = Wróć do aplikacji { $app }

problem-logout-title = Ten link do wylogowania nie działa
problem-logout-what = Aplikacja, która Cię tu skierowała, zrobiła to nieprawidłowo, więc nic się nie stało: jeśli Twoja sesja trwała, trwa nadal. To nie Twoja wina.
problem-logout-all = Aby wylogować się tu ze wszystkiego, użyj przycisku poniżej.
problem-logout-tell = Powiadom osoby prowadzące aplikację i podaj im identyfikator poniżej.

problem-setup-title = To nie jest link konfiguracyjny
problem-setup-what = Do konfiguracji potrzebny jest link, który serwer wypisał przy uruchomieniu.
problem-setup-look = Zobacz, co serwer wypisał przy uruchomieniu, i otwórz link, który jest tam po „set up”.
problem-set-up-title = To już skonfigurowane
problem-set-up-what = Jest już administrator, więc link konfiguracyjny przestał działać.
problem-set-up-sign-in = Zaloguj się albo poproś administratora o konto.

problem-decide-title = Podejmij decyzję jeszcze raz
problem-decide-what = Nie udało się sprawdzić, czy decyzja pochodzi od Ciebie: może w międzyczasie zalogował się tu ktoś inny. Na nic nie zezwolono. To nie Twoja wina.
problem-decide-look = Przeczytaj pytanie jeszcze raz i sprawdź, którego konta dotyczy.
problem-decide-back = Wróć do pytania
