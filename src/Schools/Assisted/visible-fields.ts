/**
 * Shows the fields of those who sign, and for a guardian who can write and not type the handwriting in place of name and mark. Fields that
 * are not asked for are hidden and disabled, so that they are not sent, and keep their values.
 */
export function initVisibleFields(form: HTMLFormElement): void {
  const byHand = form.elements.namedItem('Form.HandwrittenName') as HTMLInputElement;
  const relation = form.elements.namedItem('Form.Relation') as HTMLSelectElement;
  const ink = form.elements.namedItem('Form.Handwriting') as HTMLInputElement;
  const update = () => {
    const party = new FormData(form).get('Form.Party') as string;
    form.querySelectorAll<HTMLElement>('[data-for]').forEach(part => setVisible(part, part.dataset.for!.split(' ').includes(party)));
    const hasGuardian = party === 'Family' || party === 'Guardian';
    setVisible(partOf('by-hand'), hasGuardian);
    const isByHand = hasGuardian && byHand.checked;
    setVisible(partOf('name'), !isByHand);
    setVisible(partOf('mark'), !isByHand);
    setVisible(partOf('handwriting'), isByHand);
    setVisible(partOf('child-signature'), party === 'Family');
  };
  update();
  form.addEventListener('change', event => {
    if (event.target === relation && ink.value) { // another relation is another person, who writes anew
      ink.value = '';
      ink.dispatchEvent(new Event('change', { bubbles: true }));
    }
    update();
  });
}

function partOf(id: string): HTMLElement {
  return document.getElementById(id)!;
}

function setVisible(part: HTMLElement, isVisible: boolean): void {
  part.hidden = !isVisible;
  part.querySelectorAll<HTMLInputElement | HTMLSelectElement>('input, select').forEach(field => field.disabled = !isVisible);
}
