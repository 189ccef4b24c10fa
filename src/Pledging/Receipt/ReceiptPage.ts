import { followCertificate } from '../certificate';

const figure = document.querySelector<HTMLElement>('.certificate');
if (figure)
  followCertificate(figure);
