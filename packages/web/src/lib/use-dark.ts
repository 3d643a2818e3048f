import { useComputedColorScheme } from '@mantine/core';

/** Whether the page is shown dark. */
export function useDark(): boolean {
  return useComputedColorScheme('light', { getInitialValueInEffect: false }) === 'dark';
}
