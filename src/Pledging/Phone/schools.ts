// Pickers of a class. A second child's picker has the list from the first. Where it is long, the school is
// picked before the class, or in one school the grade.

// Separates the school from the grade in the label of a group; a school may have several groups.
const separator = '\u2003';
const [first, second] = ['Form_Class', 'Form_Signers_Sibling__Class'];

/** `onChange` is called whenever a picker has got another list. */
export function initSchoolPickers(onChange: () => void): void {
  const classes = document.getElementById(first) as HTMLSelectElement | null;
  const sibling = document.getElementById(second) as HTMLSelectElement | null;
  if (!classes)
    return;
  if (sibling)
    sibling.disabled = sibling.closest<HTMLElement>('.field')!.hidden = false;
  if (sibling && sibling.options.length < classes.options.length) {
    const chosen = sibling.value;
    sibling.replaceChildren(...[...classes.children].map(it => it.cloneNode(true)));
    sibling.value = chosen;
  }
  const schoolLabel = classes.dataset.school;
  if (schoolLabel)
    for (const picker of [classes, sibling])
      if (picker)
        splitBySchool(picker, schoolLabel, onChange);
}

function splitBySchool(picker: HTMLSelectElement, schoolLabel: string, onChange: () => void): void {
  const children = [...picker.children] as HTMLElement[];
  const groups = children.filter(it => it instanceof HTMLOptGroupElement) as HTMLOptGroupElement[];
  const names = [...new Set(groups.map(group => group.label.split(separator)[0]!))];
  const schoolOf = new Map<Element, number>();
  for (const group of groups) {
    schoolOf.set(group, names.indexOf(group.label.split(separator)[0]!));
    group.label = group.label.split(separator).pop()!;
  }
  if (names.length < 2)
    return;
  const [label, schools] = [document.createElement('label'), document.createElement('select')];
  schools.id = `${picker.id}-school`;
  label.htmlFor = schools.id;
  label.textContent = schoolLabel;
  schools.append(new Option(children[0]!.textContent!.trim(), ''), ...names.map((name, i) => new Option(name, String(i))));
  picker.previousElementSibling!.before(label, schools);

  // The other schools' classes are taken out and not only hidden: some phones' own pickers list hidden ones, too.
  const renderClasses = () => {
    picker.replaceChildren(...children.filter(it => !schoolOf.has(it) || schoolOf.get(it) === Number(schools.value || NaN)));
    onChange();
  };
  const value = Object.getOwnPropertyDescriptor(HTMLSelectElement.prototype, 'value')!;
  const setValue = (chosen: string) => {
    const group = groups.find(group => [...group.children].some(it => (it as HTMLOptionElement).value === chosen));
    if (group)
      schools.value = String(schoolOf.get(group));
    value.set!.call(picker, ''); // the class before must not be looked at once more: `onChange` may take it away by this setter
    renderClasses();
    value.set!.call(picker, chosen);
  };
  // Setting a class, from a draft or a link, selects its school too.
  Object.defineProperty(picker, 'value', { configurable: true, get: () => value.get!.call(picker), set: setValue });
  schools.addEventListener('change', () => {
    value.set!.call(picker, '');
    renderClasses();
    value.set!.call(picker, '');
  });
  const preset = picker.value;
  picker.form!.addEventListener('reset', () => setTimeout(setValue, 0, preset)); // the class of a class's link stays for the next family
  setValue(picker.value);
}
