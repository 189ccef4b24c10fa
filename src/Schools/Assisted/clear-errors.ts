// As clearError in ../../Pledging/Phone/errors.ts, which belongs to the phone page's first script: shared, it would be one more file there.

/** Removes the error of a field that is edited, also from the summary, which is hidden with the last one. */
export function clearErrorsOnInput(form: HTMLFormElement): void {
  form.addEventListener('input', ({ target }) => {
    const field = target as HTMLElement;
    if (field.getAttribute('aria-invalid') !== 'true')
      return;
    field.removeAttribute('aria-invalid');
    document.getElementById(`${field.id}-error`)!.textContent = '';
    const summary = document.querySelector<HTMLElement>('.form-errors');
    summary?.querySelectorAll(`[href="#${field.id}"]`).forEach(link => link.parentElement!.remove());
    if (summary && !summary.querySelector('li'))
      summary.hidden = true;
  });
}
