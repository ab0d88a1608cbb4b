### Was ein Chat statt Namen, Adressen und Nummern zeigt

names-email = (Adresse ausgeblendet)
names-phone = (Nummer ausgeblendet)
names-left-out = In Telegram stehen von anderen nur die Anfangsbuchstaben.
names-paper = Die Datei enthält Namen. Deshalb kommt alles zusammen per E-Mail.
names-paper-kept = Die Datei enthält Namen, deshalb steht sie hier nicht, und Ihre E-Mail-Adresse nimmt zurzeit nichts an. Nennen Sie mir eine andere: ADRESSE name@firma.example
names-button = Mit Namen per E-Mail
names-word = MIT NAMEN
names-mailed-title = Per E-Mail unterwegs
names-mailed-line = »{ $title }« kommt mit allen Namen an Ihre hinterlegte E-Mail-Adresse.
refusal-names-no-address = Ihre E-Mail-Adresse nimmt zurzeit nichts an. Nennen Sie mir eine andere: ADRESSE name@firma.example
refusal-names-gone = Das habe ich nicht mehr vollständig. Bitte fragen Sie noch einmal danach.
refusal-names-nothing = In Ihrem Telegram-Chat steht zuletzt nichts, worin ich Namen gekürzt hätte.
