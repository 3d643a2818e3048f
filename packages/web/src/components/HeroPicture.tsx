/** A drawing of the idea, not of a result: load in one hump, capacity that follows it in steps. */
import { useTranslation } from 'react-i18next';
import classes from './HeroPicture.module.css';

const LOAD = 'M0 168C70 168 112 166 128 160S150 34 172 30s58 8 88 66 74 68 220 72';
const CAPACITY =
  'M0 148H72V128H96V96H120V52H134V14H222V40H240V64H258V88H284V112H330V134H392V148H480';

export function HeroPicture() {
  const { t } = useTranslation();
  return (
    <figure className={classes.picture} aria-hidden="true">
      <svg viewBox="0 0 480 190" className={classes.drawing} focusable="false" aria-hidden="true">
        <defs>
          <linearGradient id="hero-load" x1="0" x2="0" y1="0" y2="1">
            <stop offset="0" className={classes.loadTop} />
            <stop offset="1" className={classes.loadBottom} />
          </linearGradient>
        </defs>
        <path d={`${LOAD}V190H0Z`} fill="url(#hero-load)" />
        <path d={LOAD} className={classes.load} />
        <path d={CAPACITY} className={classes.capacity} />
      </svg>
      <figcaption className={classes.legend}>
        <span className={classes.capacityKey}>{t('gallery.illustration.capacity')}</span>
        <span className={classes.loadKey}>{t('gallery.illustration.offered')}</span>
      </figcaption>
    </figure>
  );
}
