import type { OpenScene } from '../../Stage/scene-view';
import type { StageScene } from '../../Stage/tally';
import { initFilmChooser } from './local-film';
import { correct } from './sync';

/** Milliseconds between two corrections of the position. */
const checkInterval = 1000;

/** The film at the position by the server's clock, with the host's volume; before it starts, its title. */
export const open: OpenScene = (section, { clock, sound, isPicture }) => {
  const video = section.querySelector('video');
  if (!video || isPicture) return {};
  let timer: ReturnType<typeof setInterval> | undefined;
  let activeScene: StageScene | undefined;

  /** Seconds into the film. */
  const positionOf = (scene: StageScene) => (scene.position + (scene.running ? clock.now() - scene.now : 0)) / 1000;

  const syncVideo = () => {
    // No second seek while one is in progress.
    if (!activeScene || video.seeking || video.readyState < HTMLMediaElement.HAVE_METADATA) return;
    const target = Math.min(positionOf(activeScene), video.duration || Infinity);
    const { jumpTo, rate } = activeScene.running ? correct(video.currentTime, target)
      : { jumpTo: video.currentTime === target ? null : target, rate: 1 };
    if (jumpTo !== null) video.currentTime = jumpTo;
    video.playbackRate = rate;
    if (!activeScene.running) video.pause();
    else if (video.paused && !video.ended) play();
  };

  /** A browser that allows no sound before a user gesture plays the film muted until then. */
  const play = () => void video.play().catch((error: DOMException) => {
    if (error.name !== 'NotAllowedError' || video.muted) return;
    video.muted = true;
    void video.play().catch(() => {});
  });

  const update = () => {
    if (!activeScene) return;
    video.muted = !sound.context;
    video.volume = activeScene.volume / 100;
    video.preload = 'auto';
    // The title stays where the film is missing or cannot be played.
    video.hidden = !video.hasAttribute('src') || video.error !== null || !activeScene.running && activeScene.position === 0;
    syncVideo();
  };

  for (const eventName of ['loadedmetadata', 'seeked', 'error']) video.addEventListener(eventName, update);
  const choose = section.querySelector<HTMLElement>('.film-choose');
  const dispose = choose ? initFilmChooser(section.dataset.room!, video, choose) : undefined;

  return {
    dispose: dispose,
    show(scene) {
      activeScene = scene;
      update();
      clearInterval(timer);
      if (scene.running) timer = setInterval(syncVideo, checkInterval);
    },
    leave() {
      activeScene = undefined;
      clearInterval(timer);
      video.pause();
      video.preload = 'none';
    },
  };
};
