/** The frame has the size of a projector and is scaled down, so that the host sees what the audience sees. */
export function fitPicture(picture: HTMLElement): void {
  const frame = picture.querySelector('iframe')!;
  const fit = () => {
    frame.style.transform = `scale(${picture.clientWidth / frame.offsetWidth})`;
  };
  new ResizeObserver(fit).observe(picture);
  fit();
}
