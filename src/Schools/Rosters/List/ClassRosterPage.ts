import '../../../Layout/print-button';

// A name or seat that was changed is sent with any other form of the page, so that it is saved too.
const list = document.querySelector<HTMLFormElement>('form#pupils');
const changedFields = () => [...list?.elements ?? []].filter(
  (it): it is HTMLInputElement => it instanceof HTMLInputElement && it.type === 'text' && it.value !== it.defaultValue);

document.addEventListener('formdata', event => {
  if (event.target !== list)
    for (const field of changedFields())
      event.formData.set(field.name, field.value);
});
