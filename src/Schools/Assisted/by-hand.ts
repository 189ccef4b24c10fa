/**
 * A guardian who can write and not type: the child's name, the relation and the handwriting are enough. The field of the guardian's
 * name is closed then and not sent; nor is what belongs to the other way, so that changing it there and back loses nothing.
 */
export function offerHandwritingAlone(form: HTMLFormElement): void {
  const box = form.elements.namedItem('Form.HandwrittenName') as HTMLInputElement;
  const relation = form.elements.namedItem('Form.Relation') as HTMLSelectElement;
  const ink = form.elements.namedItem('Form.Handwriting') as HTMLInputElement;
  const show = () => {
    const isGuardian = new FormData(form).get('Form.Role') === 'Guardian';
    reveal('by-hand', isGuardian);
    const byHand = isGuardian && box.checked;
    reveal('name', !byHand);
    reveal('mark', !byHand);
    reveal('child', byHand);
    reveal('handwriting', byHand);
  };
  show();
  form.addEventListener('change', event => {
    if (event.target === relation && ink.value) { // another relation is another person, who writes anew
      ink.value = '';
      ink.dispatchEvent(new Event('change', { bubbles: true }));
    }
    show();
  });
}

function reveal(id: string, isShown: boolean): void {
  const part = document.getElementById(id)!;
  part.hidden = !isShown;
  part.querySelectorAll('input').forEach(field => field.disabled = !isShown);
}
