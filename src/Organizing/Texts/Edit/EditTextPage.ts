// Keeps the preview of the text alone true while it is written; a button brings those with translations up to date, and
// puts another form in the place of this one: so what there is is looked for at each stroke.

document.addEventListener('input', () => {
  const title = document.querySelector<HTMLInputElement>('#Form_Title');
  const clauses = document.querySelector<HTMLTextAreaElement>('#Form_Clauses');
  const closing = document.querySelector<HTMLTextAreaElement>('#Form_Closing');
  const preview = document.querySelector<HTMLElement>('.phone-screen');
  if (!title || !clauses || !closing || !preview)
    return;
  preview.querySelector('h2')!.textContent = title.value;
  preview.querySelector('ol')!.replaceChildren(...clauses.value.split('\n').map(line => line.trim()).filter(line => line).map(line => {
    const clause = document.createElement('li');
    clause.textContent = line;
    return clause;
  }));
  preview.querySelector('.wording-closing')!.textContent = closing.value;
});
