// Pickers of a class. The page prints the list once; a second child's picker has it from the first. Where it is long, the school is
// picked before the class, or in one school the grade.

// Between the school and the grade in the heading of a group; a school of many stands above several.
const gap = '\u2003';
const [first, second] = ['Form_Class', 'Form_Signers_Sibling__Class'];

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
  if (words)
    for (const picker of [classes, sibling])
      if (picker)
        splitBySchool(picker, words, shown);
}

function splitBySchool(picker: HTMLSelectElement, words: string, shown: () => void): void {
  const all = [...picker.children] as HTMLElement[];
  const groups = all.filter(it => it instanceof HTMLOptGroupElement) as HTMLOptGroupElement[];
  const names = [...new Set(groups.map(group => group.label.split(gap)[0]!))];
  const schoolOf = new Map<Element, number>();
  for (const group of groups) {
    schoolOf.set(group, names.indexOf(group.label.split(gap)[0]!));
    group.label = group.label.split(gap).pop()!;
  }
  if (names.length < 2)
    return;
  const [label, schools] = [document.createElement('label'), document.createElement('select')];
  schools.id = `${picker.id}-school`;
  label.htmlFor = schools.id;
  label.textContent = words;
  schools.append(new Option(all[0]!.textContent!.trim(), ''), ...names.map((name, i) => new Option(name, String(i))));
  picker.previousElementSibling!.before(label, schools);

  // The other schools' classes are taken out and not only hidden: some phones' own pickers list hidden ones, too.
  const show = () => {
    picker.replaceChildren(...all.filter(it => !schoolOf.has(it) || schoolOf.get(it) === Number(schools.value || NaN)));
    shown();
  };
  const value = Object.getOwnPropertyDescriptor(HTMLSelectElement.prototype, 'value')!;
  const choose = (chosen: string) => {
    const group = groups.find(group => [...group.children].some(it => (it as HTMLOptionElement).value === chosen));
    if (group)
      schools.value = String(schoolOf.get(group));
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
