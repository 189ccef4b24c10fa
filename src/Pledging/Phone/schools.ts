// Pickers of a class. The page prints the list once; a second child's picker has it from the first. Where it is long, the school is
// picked before the class.

const [many, first, second] = [30, 'Form_Class', 'Form_Signers_Sibling__Class'];

/** `shown` is called whenever a picker has got another list. */
export function offerSchools(shown: () => void): void {
  const classes = document.getElementById(first) as HTMLSelectElement | null;
  const sibling = document.getElementById(second) as HTMLSelectElement | null;
  if (!classes)
    return;
  if (sibling && sibling.options.length < classes.options.length) {
    const chosen = sibling.value;
    sibling.replaceChildren(...[...classes.children].map(it => it.cloneNode(true)));
    sibling.value = chosen;
  }
  const words = classes.dataset.school;
  if (words && classes.options.length > many)
    for (const picker of [classes, sibling])
      if (picker)
        splitBySchool(picker, words, shown);
}

function splitBySchool(picker: HTMLSelectElement, words: string, shown: () => void): void {
  const all = [...picker.children] as HTMLElement[];
  const groups = all.filter(it => it instanceof HTMLOptGroupElement) as HTMLOptGroupElement[];
  if (groups.length < 2)
    return;
  const [label, schools] = [document.createElement('label'), document.createElement('select')];
  schools.id = `${picker.id}-school`;
  label.htmlFor = schools.id;
  label.textContent = words;
  schools.append(new Option(all[0]!.textContent!.trim(), ''), ...groups.map((group, i) => new Option(group.label, String(i))));
  picker.previousElementSibling!.before(label, schools);

  // The other schools' classes are taken out and not only hidden: some phones' own pickers list hidden ones, too.
  const show = () => {
    picker.replaceChildren(...all.filter(it => !(it instanceof HTMLOptGroupElement) || it === groups[Number(schools.value || NaN)]));
    shown();
  };
  const value = Object.getOwnPropertyDescriptor(HTMLSelectElement.prototype, 'value')!;
  const choose = (chosen: string) => {
    const school = groups.findIndex(group => [...group.children].some(it => (it as HTMLOptionElement).value === chosen));
    if (school >= 0)
      schools.value = String(school);
    show();
    value.set!.call(picker, chosen);
  };
  // Whoever sets a class, from a draft or a link, sets its school with it.
  Object.defineProperty(picker, 'value', { configurable: true, get: () => value.get!.call(picker), set: choose });
  schools.addEventListener('change', () => {
    value.set!.call(picker, '');
    show();
    value.set!.call(picker, '');
  });
  picker.form!.addEventListener('reset', () => setTimeout(show));
  choose(picker.value);
}
