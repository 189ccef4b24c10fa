// Updates the preview without translations while the text is typed; a button updates those with translations, and replaces the form: so the
// elements are looked up at each input.

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
