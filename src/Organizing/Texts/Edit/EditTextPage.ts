// Updates the preview while the text is written; without this a button brings it up to date.

const title = document.querySelector<HTMLInputElement>('#Form_Title');
const clauses = document.querySelector<HTMLTextAreaElement>('#Form_Clauses');
const closing = document.querySelector<HTMLTextAreaElement>('#Form_Closing');
const preview = document.querySelector<HTMLElement>('.phone-screen');
const update = document.querySelector<HTMLElement>('#update-preview');

if (title && clauses && closing && preview && update) {
  update.hidden = true;
  title.form?.addEventListener('input', () => {
    preview.querySelector('h2')!.textContent = title.value;
    preview.querySelector('ol')!.replaceChildren(...clauses.value.split('\n').map(line => line.trim()).filter(line => line).map(line => {
      const clause = document.createElement('li');
      clause.textContent = line;
      return clause;
    }));
    preview.querySelector('.wording-closing')!.textContent = closing.value;
  });
}
