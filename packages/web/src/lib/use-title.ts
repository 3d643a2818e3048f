import { useEffect } from 'react';

/** Title of the browser tab. */
export function useTitle(title: string | undefined): void {
  useEffect(() => {
    document.title = title ? `${title} · Peakless` : 'Peakless';
  }, [title]);
}
