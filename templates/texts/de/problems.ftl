# Pages that say what is wrong.

problem-to-do = Was Sie tun können
problem-technical = Für die Person, die Ihnen hilft
problem-id = Wenn Sie um Hilfe bitten, nennen Sie diese Kennung:
problem-wait-and-reload = Warten Sie einen Moment, und laden Sie die Seite neu.

problem-link-title = Dieser Anmeldelink funktioniert nicht
problem-link-what = Die App, von der Sie kommen, hat nicht richtig angefragt. Deshalb können wir Sie dort nicht anmelden.
problem-link-fault = Das liegt nicht an Ihnen: Es ist ein Fehler in der App oder in einem Link.
problem-link-again = Gehen Sie zurück zur App, und fangen Sie noch einmal an.
problem-link-tell = Wenn das nicht hilft, sagen Sie es den Betreibern der App, und nennen Sie die Kennung unten.

problem-ours-title = Hier ist etwas schiefgegangen
problem-ours-what = Wir konnten nicht zu Ende bringen, was Sie wollten. Es wurde nichts geändert.
problem-ours-fault = Das liegt nicht an Ihnen.

problem-unread-title = Das ist nicht angekommen
problem-unread-what = Wir konnten nicht lesen, was gesendet wurde. Es wurde nichts geändert. Das liegt nicht an Ihnen.
problem-unread-again = Gehen Sie zurück, und versuchen Sie es noch einmal.

problem-nowhere-title = Diese Seite gibt es nicht
problem-nowhere-what = Unter dieser Adresse ist hier nichts zu finden.
problem-nowhere-check = Prüfen Sie die Adresse, oder fangen Sie von vorn an.
problem-nowhere-start = Zur Startseite

problem-http-title = Diese Verbindung ist nicht sicher
problem-http-what = Diese Seite muss mit https geöffnet werden, damit unterwegs niemand Ihr Passwort mitlesen kann.
problem-http-https = Öffnen Sie die Adresse mit https:// am Anfang.
problem-http-open = Sicher öffnen

problem-before-title = Das haben Sie schon getan
problem-before-what = Diese Anmeldung ist schon abgeschlossen, vielleicht in einem anderen Tab. Es wurde nichts doppelt getan.
problem-before-back = Gehen Sie zurück zur App. Wenn sie Sie nicht erkennt, beginnen Sie die Anmeldung dort neu.

problem-stale-title = Bitte fangen Sie noch einmal an
problem-stale-unreadable = Der Link zu dieser Seite ist unvollständig oder stammt von anderswo. Das liegt nicht an Ihnen.
problem-stale-changed = Die App, von der Sie kommen, hat sich inzwischen geändert. Das liegt nicht an Ihnen.
problem-stale-old = Diese Seite war lange offen und funktioniert deshalb zu Ihrer Sicherheit nicht mehr. Es wurde nichts geändert. Das liegt nicht an Ihnen.
problem-stale-again = Gehen Sie zurück zur App, und melden Sie sich von dort aus an. Das dauert nur einen Moment.
problem-stale-back = Zurück zu { $app }

problem-logout-title = Dieser Abmeldelink funktioniert nicht
problem-logout-what = Die App, von der Sie kommen, hat nicht richtig angefragt. Deshalb ist nichts passiert: Wenn Sie angemeldet waren, sind Sie es noch. Das liegt nicht an Ihnen.
problem-logout-all = Um sich hier überall abzumelden, verwenden Sie die Schaltfläche unten.
problem-logout-tell = Sagen Sie es den Betreibern der App, und nennen Sie die Kennung unten.

problem-setup-title = Das ist nicht der Einrichtungslink
problem-setup-what = Zum Einrichten brauchen Sie den Link, den der Server beim Start ausgegeben hat.
problem-setup-look = Sehen Sie nach, was der Server beim Start ausgegeben hat, und öffnen Sie den Link, der dort hinter „set up“ steht.
problem-set-up-title = Das ist schon eingerichtet
problem-set-up-what = Es gibt schon einen Administrator, deshalb gilt der Einrichtungslink nicht mehr.
problem-set-up-sign-in = Melden Sie sich an, oder bitten Sie einen Administrator um ein Konto.

problem-decide-title = Bitte entscheiden Sie noch einmal
problem-decide-what = Wir konnten nicht feststellen, ob die Entscheidung von Ihnen kam: Vielleicht hat sich hier inzwischen jemand anderes angemeldet. Es wurde nichts erlaubt. Das liegt nicht an Ihnen.
problem-decide-look = Sehen Sie sich die Frage noch einmal an, und auch, um wessen Konto es geht.
problem-decide-back = Zurück zur Frage
