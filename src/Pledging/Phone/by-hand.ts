/**
 * A guardian who can write and not type: the relation and the handwriting are enough. The field of the name is closed then, which tells
 * the rest of the form (signer.ts), and holds what it is called in place of a name.
 */
export function offerHandwritingAlone(form: HTMLFormElement): void {
  const relation = form.querySelector<HTMLSelectElement>('[data-by-hand]');
  const part = relation?.closest<HTMLElement>('.part');
  if (!relation || !part || part.querySelector('.by-hand'))
    return;
  const name = part.querySelector<HTMLInputElement>('input[type=text]')!;
  const field = name.closest<HTMLElement>('.field')!;
  const called = field.querySelector('label')!.textContent!;
  const typed = part.querySelector<HTMLElement>('[data-way=typed]')!;
  const box = newBox(field, name.name.replace(/Name$/, 'HandwrittenName'), relation.dataset.byHand!);
  document.getElementById('pad')!.dataset.unnamed = called; // no name to trace

  const asked = part.querySelector<HTMLElement>(`[for="${relation.id}"]`)!;
  const optional = asked.textContent!;
  let before = '';
  const close = (closed: boolean) => {
    if (closed && name.value !== called)
      before = name.value;
    box.checked = name.disabled = field.hidden = typed.hidden = closed;
    asked.textContent = closed ? optional.replace(/\s*[\uFF08(].*$/, '') : optional;
    if (closed || name.value === called)
      name.value = closed ? called : before;
  };
  close(name.disabled);
  box.addEventListener('change', () => {
    close(box.checked);
    if (typed.getAttribute('aria-pressed') === 'true')
      part.dispatchEvent(new Event('unsign')); // the name that stood for the signature is not asked for any more
  });
  // A request that is taken up again says it by the field.
  new MutationObserver(() => name.disabled !== box.checked && close(name.disabled)).observe(name, { attributeFilter: ['disabled'] });
  form.addEventListener('reset', () => {
    before = '';
    close(false);
  });
  part.addEventListener('click', event => {
    if (!box.checked || relation.value || !(event.target as Element).closest('[data-way=hand]'))
      return;
    event.stopPropagation();
    relation.setAttribute('aria-invalid', 'true'); // until one is chosen (errors.ts)
    document.getElementById(`${relation.id}-error`)!.textContent = relation.dataset.missing ?? '';
    relation.focus();
  }, true);
}

/** For the draft (draft.ts); nothing that is posted, since there is a script. */
function newBox(after: HTMLElement, name: string, words: string): HTMLInputElement {
  const [label, box, said] = [document.createElement('label'), document.createElement('input'), document.createElement('span')];
  [label.className, box.type, box.name, said.textContent] = ['check by-hand', 'checkbox', name, words];
  label.append(box, said);
  after.after(label);
  return box;
}
