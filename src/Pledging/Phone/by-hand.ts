/**
 * For a guardian who can write and not type: the relation and the handwriting are enough. The name field is then disabled, by which
 * signer.ts knows it, and holds its own label in place of a name.
 */
export function initHandwrittenName(form: HTMLFormElement): void {
  const relation = form.querySelector<HTMLSelectElement>('[data-by-hand]');
  const part = relation?.closest<HTMLElement>('.part');
  if (!relation || !part || part.querySelector('.by-hand'))
    return;
  const name = part.querySelector<HTMLInputElement>('input[type=text]')!;
  const field = name.closest<HTMLElement>('.field')!;
  const labelText = field.querySelector('label')!.textContent!;
  const typedButton = part.querySelector<HTMLElement>('[data-way=typed]')!;
  const checkbox = newCheckbox(field, name.name.replace(/Name$/, 'HandwrittenName'), relation.dataset.byHand!);
  document.getElementById('pad')!.dataset.unnamed = labelText; // no name to trace

  const relationLabel = part.querySelector<HTMLElement>(`[for="${relation.id}"]`)!;
  const relationText = relationLabel.textContent!;
  let previousName = '';
  const setClosed = (closed: boolean) => {
    if (closed && name.value !== labelText)
      previousName = name.value;
    checkbox.checked = name.disabled = field.hidden = typedButton.hidden = closed;
    relationLabel.textContent = closed ? relationText.replace(/\s*[\uFF08(].*$/, '') : relationText;
    if (closed || name.value === labelText)
      name.value = closed ? labelText : previousName;
  };
  setClosed(name.disabled);
  checkbox.addEventListener('change', () => {
    setClosed(checkbox.checked);
    if (typedButton.getAttribute('aria-pressed') === 'true')
      part.dispatchEvent(new Event('unsign')); // the signature was the typed name, which is not asked for any more
  });
  // A request that is restored disables the field (signer.ts).
  new MutationObserver(() => name.disabled !== checkbox.checked && setClosed(name.disabled))
    .observe(name, { attributeFilter: ['disabled'] });
  form.addEventListener('reset', () => {
    previousName = '';
    setClosed(false);
  });
  part.addEventListener('click', event => {
    if (!checkbox.checked || relation.value || !(event.target as Element).closest('[data-way=hand]'))
      return;
    event.stopPropagation();
    relation.setAttribute('aria-invalid', 'true'); // until one is chosen (errors.ts)
    document.getElementById(`${relation.id}-error`)!.textContent = relation.dataset.missing ?? '';
    relation.focus();
  }, true);
}

/** The draft (draft.ts) saves it; it is not sent, since the script builds the request. */
function newCheckbox(after: HTMLElement, name: string, text: string): HTMLInputElement {
  const [label, checkbox, caption] = [document.createElement('label'), document.createElement('input'), document.createElement('span')];
  [label.className, checkbox.type, checkbox.name, caption.textContent] = ['check by-hand', 'checkbox', name, text];
  label.append(checkbox, caption);
  after.after(label);
  return checkbox;
}
