// One pupil after the other: the device that is handed from hand to hand. Whoever has signed hands the next one the sheet to write on; the
// screen with the other answers stands before the first, after an answer that is none to write, and wherever the sheet is turned back from.
import { holdBack } from '../../Pledging/Phone/back';
import { forget, write } from '../../Pledging/Phone/pad';
import type { Pupil, Pupils } from './pupils';

/** Whoever taps the last key twice is not heard on the next one's sheet. In milliseconds. */
const deafAfter = 300;

/** What became of taking one back: it may be on its way, or have arrived. */
export type TakenBack = 'back' | 'sending' | 'sent';
export type Said = { signature: string } | { answer: 'declined' | 'absent' };

export class Turn {
  private readonly title: HTMLElement;
  private readonly told: HTMLElement;
  private pupil: Pupil | undefined;
  private last: { pupil: Pupil; undo: () => Promise<TakenBack> } | null = null;
  private writing = false;
  /** Whose sheet was opened last: what was turned back from there is this pupil's, and not another's of the same name. */
  private wrote: Pupil | undefined;

  /** @param said Keeps what a pupil has done; answers how it is taken back. */
  constructor(
    private readonly screen: HTMLElement, private readonly behind: HTMLElement, private readonly pad: HTMLDialogElement, private readonly words: DOMStringMap,
    private readonly pupils: Pupils, private readonly said: (pupil: Pupil, said: Said) => () => Promise<TakenBack>,
    private readonly left: () => void) {
    this.title = screen.querySelector('h2')!;
    this.told = screen.querySelector('.turn-told')!;
    screen.addEventListener('click', event => {
      const act = (event.target as Element).closest<HTMLElement>('[data-turn]')?.dataset.turn;
      if (act && !this.writing)
        void this.act(act);
    });
    screen.addEventListener('keydown', event => event.key === 'Escape' && !this.writing && this.leave());
  }

  get isOpen(): boolean {
    return !this.screen.hidden;
  }

  /** Opens for one pupil; leaves where there is none. */
  open(pupil: Pupil | undefined): void {
    if (!pupil)
      return this.leave();
    this.pupil = pupil;
    this.told.textContent = '';
    this.title.textContent = this.call(pupil).replace('{0}', pupil.name);
    this.screen.querySelector<HTMLElement>('[data-turn=undo]')!.hidden = !this.last;
    this.screen.hidden = false;
    this.behind.hidden = true; // nobody reads the others' names, on the screen or by its reader
    document.body.style.overflow = 'hidden';
    this.screen.querySelector<HTMLElement>('[data-turn=sign]')!.focus();
  }

  /** What calls a pupil, the name left open; the seat tells two of one name apart. */
  private call(pupil: Pupil): string {
    return (pupil.seat ? this.words.turnSeat! : this.words.turn!).replace('{1}', pupil.seat);
  }

  private leave(): void {
    this.screen.hidden = true;
    this.behind.hidden = false;
    document.body.style.overflow = '';
    this.title.textContent = '';
    this.left();
  }

  private async act(act: string): Promise<void> {
    const pupil = this.pupil!;
    if (act === 'leave')
      return this.leave();
    if (act === 'undo')
      return this.takeBack();
    if (act === 'sign')
      return this.sign(pupil);
    if (act === 'skip') {
      this.pupils.set(pupil, 'skipped');
      this.last = null;
    } else {
      this.done(pupil, { answer: act as 'declined' | 'absent' });
    }
    this.open(this.pupils.next(pupil));
  }

  /** From this pupil on, until somebody turns back or all have had a turn. Back keeps what stands on the sheet, and hands in nothing. */
  private async sign(pupil: Pupil): Promise<void> {
    this.writing = true;
    const leaveBack = holdBack();
    let next: Pupil | undefined = pupil;
    while (next && await this.hasSigned(next, next !== pupil))
      next = this.pupils.next(next);
    await leaveBack();
    this.writing = false;
    this.open(next);
  }

  private async hasSigned(pupil: Pupil, follows: boolean): Promise<boolean> {
    if (this.wrote !== pupil)
      forget();
    this.wrote = pupil;
    this.open(pupil);
    this.pad.querySelector('h2')!.dataset.words = this.call(pupil);
    this.pad.classList.add('deaf');
    this.pad.classList.toggle('turned', follows);
    setTimeout(() => this.pad.classList.remove('deaf'), deafAfter);
    const { signature, byKey } = await write(this.pad, pupil.name);
    if (!signature || !byKey)
      return false;
    this.done(pupil, { signature });
    return true;
  }

  private done(pupil: Pupil, said: Said): void {
    this.last = { pupil, undo: this.said(pupil, said) };
  }

  private async takeBack(): Promise<void> {
    const last = this.last!;
    const became = await last.undo();
    if (became !== 'sending')
      this.last = null;
    this.open(became === 'back' ? last.pupil : this.pupil);
    if (became !== 'back')
      this.told.textContent = this.told.dataset[became]!;
  }
}
