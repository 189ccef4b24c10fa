import { decode, outline } from './strokes';

const svg = 'http://www.w3.org/2000/svg';

/** An image of the signature as it will be sent; its label says that it was signed. */
export function picture(signature: string): SVGElement {
  const { path, viewBox } = outline(decode(signature));
  const [image, ink] = [document.createElementNS(svg, 'svg'), document.createElementNS(svg, 'path')];
  image.setAttribute('viewBox', viewBox);
  image.setAttribute('role', 'img');
  image.setAttribute('aria-label', document.querySelector<HTMLElement>('.sign-form')!.dataset.signed!);
  ink.setAttribute('d', path);
  image.append(ink);
  return image;
}
