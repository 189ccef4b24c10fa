import type { OpenScene } from '../../Stage/scene-view';
import type { StageScene } from '../../Stage/tally';
import { offerChoice } from './local-film';
import { correct } from './sync';

/** Milliseconds between two looks at whether the film is where it should be. */
const look = 1000;

/** The film, where the server's clock says it is, as loud as the host wants it; before it begins, its title. */
export const open: OpenScene = (section, { clock, sound, isPicture }) => {
  const video = section.querySelector('video');
  if (!video || isPicture) return {};
  let timer: ReturnType<typeof setInterval> | undefined;
  let on: StageScene | undefined;

  /** Seconds into the film. */
  const place = (scene: StageScene) => (scene.position + (scene.running ? clock.now() - scene.now : 0)) / 1000;

  const follow = () => {
    // No second seek while one is in progress.
    if (!on || video.seeking || video.readyState < HTMLMediaElement.HAVE_METADATA) return;
    const film = Math.min(place(on), video.duration || Infinity);
    const { jumpTo, rate } = on.running ? correct(video.currentTime, film) : { jumpTo: video.currentTime === film ? null : film, rate: 1 };
    if (jumpTo !== null) video.currentTime = jumpTo;
    video.playbackRate = rate;
    if (!on.running) video.pause();
    else if (video.paused && !video.ended) play();
  };

  /** A browser that allows no sound before somebody has touched the machine shows the film in silence until then. */
  const play = () => void video.play().catch((refused: DOMException) => {
    if (refused.name !== 'NotAllowedError' || video.muted) return;
    video.muted = true;
    void video.play().catch(() => {});
  });

  const show = () => {
    if (!on) return;
    video.muted = !sound.context;
    video.volume = on.volume / 100;
    video.preload = 'auto';
    // A film that is not there, or that this browser cannot play, leaves its title on the stage.
    video.hidden = !video.hasAttribute('src') || video.error !== null || !on.running && on.position === 0;
    follow();
  };

  for (const news of ['loadedmetadata', 'seeked', 'error']) video.addEventListener(news, show);
  const choose = section.querySelector<HTMLElement>('.film-choose');
  const letGo = choose ? offerChoice(section.dataset.room!, video, choose) : undefined;

  return {
    dispose: letGo,
    show(scene) {
      on = scene;
      show();
      clearInterval(timer);
      if (scene.running) timer = setInterval(follow, look);
    },
    leave() {
      on = undefined;
      clearInterval(timer);
      video.pause();
      video.preload = 'none';
    },
  };
};
