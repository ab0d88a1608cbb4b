### Mail

mail-how-words = How to answer – write back one of these words:
mail-how-example = How to answer: simply write back, for example “{ $example }”.
mail-how-buttons = How to answer: tap an answer and send the e-mail that opens. Or simply write back, for example “{ $example }”.
mail-item-answers = Answer: { $words }
mail-progress = Progress: { $percent } per cent
mail-enclosed = { $count ->
    [1] Enclosed: { $names }
   *[other] Enclosed: { $names }
}
mail-self-test-title = A test letter to myself
mail-self-test-line = The assistant has sent this letter to itself to check the way of the mail. You may delete it.
mail-footer = { $house } · Office
mail-unsubscribe = You no longer wish to take part? Reply with { $word }.
mail-one-file = I read only one spreadsheet at a time, here “{ $name }”. Please send the others one by one.
mail-picture = [Picture: { $name }]
mail-unsubscribe-digest = You no longer want the weekly digest? Reply with { $word }.
mail-calendar-link = Take part online: { $link }
mail-calendar-counter = The calendar suggests another time: { $when }.
