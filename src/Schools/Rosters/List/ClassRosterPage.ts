import '../../../Layout/print-button';

// A name or seat that is being changed is saved with whatever is pressed in another form of the page, and not lost.
const list = document.querySelector<HTMLFormElement>('form#pupils');
const typed = () => [...list?.elements ?? []].filter(
  (it): it is HTMLInputElement => it instanceof HTMLInputElement && it.type === 'text' && it.value !== it.defaultValue);

document.addEventListener('formdata', event => {
  if (event.target !== list)
    for (const field of typed())
      event.formData.set(field.name, field.value);
});
