// One pupil after the other: the screen that is handed from hand to hand.
import { write } from '../../Pledging/Phone/pad';
import type { Pupil, Pupils } from './pupils';

export type Said = { signature: string } | { answer: 'declined' | 'absent' };

export class Turn {
  private readonly title: HTMLElement;
  private pupil: Pupil | undefined;
  private last: { pupil: Pupil; undo: () => Promise<boolean> } | null = null;
  private writing = false;

  /** @param said Keeps what a pupil has done; answers how it is taken back. */
  constructor(
    private readonly screen: HTMLElement, private readonly behind: HTMLElement, private readonly pad: HTMLDialogElement, private readonly words: DOMStringMap,
    private readonly pupils: Pupils, private readonly said: (pupil: Pupil, said: Said) => () => Promise<boolean>,
    private readonly left: () => void) {
    this.title = screen.querySelector('h2')!;
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
    this.title.textContent = (pupil.seat ? this.words.turnSeat! : this.words.turn!).replace('{0}', pupil.name).replace('{1}', pupil.seat);
    this.screen.querySelector<HTMLElement>('[data-turn=undo]')!.hidden = !this.last;
    this.screen.hidden = false;
    this.behind.hidden = true; // nobody reads the others' names, on the screen or by its reader
    document.body.style.overflow = 'hidden';
    this.screen.querySelector<HTMLElement>('[data-turn=sign]')!.focus();
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
    if (act === 'sign') {
      this.writing = true;
      const signature = await write(this.pad, pupil.name);
      this.writing = false;
      if (!signature)
        return this.open(pupil);
      this.done(pupil, { signature });
    } else if (act === 'skip') {
      this.pupils.set(pupil, 'skipped');
      this.last = null;
    } else {
      this.done(pupil, { answer: act as 'declined' | 'absent' });
    }
    this.open(this.pupils.next(pupil));
  }

  private done(pupil: Pupil, said: Said): void {
    this.last = { pupil, undo: this.said(pupil, said) };
  }

  private async takeBack(): Promise<void> {
    const last = this.last!;
    this.last = null;
    this.open(await last.undo() ? last.pupil : this.pupil);
  }
}
