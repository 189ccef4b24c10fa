// The list of the class on the page, with each pupil's state as far as this device knows it.

export type State = '' | 'signed' | 'waits' | 'declined' | 'absent' | 'skipped' | 'refused';
/** `served` is the state with which the page came. */
export interface Pupil { entry: number | null; seat: string; name: string; row: HTMLElement; served: State }

export class Pupils {
  readonly all: Pupil[];

  constructor(private readonly list: HTMLElement, private readonly words: DOMStringMap, private readonly onChoose: (pupil: Pupil) => void) {
    this.all = [...list.querySelectorAll<HTMLElement>('li')].map(row => this.read(row));
    this.all.forEach(pupil => this.set(pupil, this.stateOf(pupil)));
  }

  stateOf(pupil: Pupil): State {
    return pupil.row.dataset.state as State;
  }

  set(pupil: Pupil, state: State): void {
    pupil.row.dataset.state = state;
    const label = this.words[`state${state.charAt(0).toUpperCase()}${state.slice(1)}`] ?? this.words['state-'] ?? '';
    pupil.row.querySelector('.state')!.textContent = label;
    pupil.row.querySelector('button')!.disabled = state === 'signed' || state === 'waits' || this.words.open !== 'yes';
  }

  /** By the roster entry; a pupil who is not on the roster by the name. */
  find(entry: number | null, name: string): Pupil | undefined {
    return this.all.find(pupil => entry === null ? pupil.entry === null && pupil.name === name : pupil.entry === entry);
  }

  /** The next pupil after one, or the first; none where nobody may sign. Skipped pupils come again when all others had a turn. */
  next(after?: Pupil): Pupil | undefined {
    if (this.words.open !== 'yes')
      return undefined;
    const start = after ? this.all.indexOf(after) + 1 : 0;
    const order = [...this.all.slice(start), ...this.all.slice(0, start)];
    return order.find(pupil => this.stateOf(pupil) === '')
      ?? order.find(pupil => pupil !== after && this.stateOf(pupil) === 'skipped');
  }

  /** Adds a pupil who is not on the list. */
  add(name: string): Pupil {
    const known = this.find(null, name);
    if (known && this.stateOf(known) === '')
      return known;
    const row = document.createElement('li');
    row.dataset.name = name;
    row.dataset.state = '';
    const button = row.appendChild(document.createElement('button'));
    button.type = 'button';
    for (const part of ['seat', 'name', 'state'])
      button.appendChild(document.createElement('span')).className = part;
    button.querySelector('.name')!.textContent = name;
    this.list.append(row);
    const pupil = this.read(row);
    this.all.push(pupil);
    this.set(pupil, '');
    return pupil;
  }

  private read(row: HTMLElement): Pupil {
    const { entry, seat, name } = row.dataset;
    const pupil = { entry: entry ? Number(entry) : null, seat: seat ?? '', name: name!, row, served: row.dataset.state as State };
    row.querySelector('button')!.addEventListener('click', () => this.onChoose(pupil));
    return pupil;
  }
}
