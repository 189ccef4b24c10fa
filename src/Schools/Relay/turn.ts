// One pupil after the other on one device. After a signature the next pupil's pad opens at once; the screen with the other answers is shown
// before the first, after such an answer, and after Back on the pad.
import { interceptBack } from '../../Pledging/Phone/back';
import { forget, write } from '../../Pledging/Phone/pad';
import type { Pupil, Pupils } from './pupils';

/** In milliseconds. A second tap on the pad's last button does nothing on the next pupil's pad. */
const ignoredTapTime = 300;

/** The result of an undo: done, or too late since it is being sent or was sent. */
export type UndoResult = 'back' | 'sending' | 'sent';
export type TurnResult = { signature: string } | { answer: 'declined' | 'absent' };

export class Turn {
  private readonly title: HTMLElement;
  private readonly message: HTMLElement;
  private pupil: Pupil | undefined;
  private last: { pupil: Pupil; undo: () => Promise<UndoResult> } | null = null;
  private isPadOpen = false;
  /** The pupil whose pad was opened last: its kept ink is not for another pupil of the same name. */
  private lastWriter: Pupil | undefined;

  /** @param enqueue Adds a pupil's signature or answer to the queue; returns how to undo it. */
  constructor(
    private readonly screen: HTMLElement, private readonly page: HTMLElement, private readonly pad: HTMLDialogElement,
    private readonly words: DOMStringMap, private readonly pupils: Pupils,
    private readonly enqueue: (pupil: Pupil, result: TurnResult) => () => Promise<UndoResult>, private readonly onLeave: () => void) {
    this.title = screen.querySelector('h2')!;
    this.message = screen.querySelector('.turn-told')!;
    screen.addEventListener('click', event => {
      const action = (event.target as Element).closest<HTMLElement>('[data-turn]')?.dataset.turn;
      if (action && !this.isPadOpen)
        void this.handleAction(action);
    });
    screen.addEventListener('keydown', event => event.key === 'Escape' && !this.isPadOpen && this.leave());
  }

  get isOpen(): boolean {
    return !this.screen.hidden;
  }

  /** Somebody has had a turn whose signature or answer may still be undone. */
  get canUndo(): boolean {
    return this.last !== null;
  }

  /** Opens for a pupil; closes where there is none. */
  open(pupil: Pupil | undefined): void {
    if (!pupil)
      return this.leave();
    this.pupil = pupil;
    this.message.textContent = '';
    this.title.textContent = this.titleFor(pupil).replace('{0}', pupil.name);
    this.screen.querySelector<HTMLElement>('[data-turn=undo]')!.hidden = !this.last;
    this.screen.hidden = false;
    this.page.hidden = true; // hides the others' names, also from screen readers
    document.body.style.overflow = 'hidden';
    this.screen.querySelector<HTMLElement>('[data-turn=sign]')!.focus();
  }

  /** The title with a placeholder for the name; the seat tells two pupils of one name apart. */
  private titleFor(pupil: Pupil): string {
    return (pupil.seat ? this.words.turnSeat! : this.words.turn!).replace('{1}', pupil.seat);
  }

  private leave(): void {
    this.screen.hidden = true;
    this.page.hidden = false;
    document.body.style.overflow = '';
    this.title.textContent = '';
    this.onLeave();
  }

  private async handleAction(action: string): Promise<void> {
    const pupil = this.pupil!;
    if (action === 'leave')
      return this.leave();
    if (action === 'undo')
      return this.takeBack();
    if (action === 'sign')
      return this.sign(pupil);
    if (action === 'skip') {
      this.pupils.set(pupil, 'skipped');
      this.last = null;
    } else {
      this.done(pupil, { answer: action as 'declined' | 'absent' });
    }
    this.open(this.pupils.next(pupil));
  }

  /** From this pupil on, until somebody goes back or all have had a turn. Back keeps the ink on the pad, and queues nothing. */
  private async sign(pupil: Pupil): Promise<void> {
    this.isPadOpen = true;
    const stopIntercepting = interceptBack();
    let next: Pupil | undefined = pupil;
    while (next && await this.collectSignature(next, next !== pupil))
      next = this.pupils.next(next);
    await stopIntercepting();
    this.isPadOpen = false;
    this.open(next);
  }

  private async collectSignature(pupil: Pupil, isFollowing: boolean): Promise<boolean> {
    if (this.lastWriter !== pupil)
      forget();
    this.lastWriter = pupil;
    this.open(pupil);
    this.pad.querySelector('h2')!.dataset.words = this.titleFor(pupil);
    this.pad.classList.add('ignores-taps');
    this.pad.classList.toggle('no-turn-hint', isFollowing);
    setTimeout(() => this.pad.classList.remove('ignores-taps'), ignoredTapTime);
    const { signature, byKey } = await write(this.pad, pupil.name);
    if (!signature || !byKey)
      return false;
    this.done(pupil, { signature });
    return true;
  }

  private done(pupil: Pupil, result: TurnResult): void {
    this.last = { pupil, undo: this.enqueue(pupil, result) };
  }

  private async takeBack(): Promise<void> {
    const result = await this.undoLast();
    if (result === 'back')
      return;
    this.open(this.pupil);
    this.message.textContent = this.message.dataset[result]!;
  }

  /** Undoes what was done last and opens for its pupil, also from the list; where it is too late, returns why. */
  async undoLast(): Promise<UndoResult> {
    const last = this.last!;
    const result = await last.undo();
    if (result !== 'sending')
      this.last = null;
    if (result === 'back')
      this.open(last.pupil);
    return result;
  }
}
