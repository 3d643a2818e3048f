/** Draws the group's instant into a chart: a line, and a dot on every visible curve. */
import type { Chart, Plugin } from 'chart.js';
import type { ChartGroup } from './chart-group.ts';

export function crosshair(group: ChartGroup, color: string, surface: string): Plugin<'line'> {
  return {
    id: 'crosshair',
    afterDatasetsDraw: (chart) => {
      const { instant } = group;
      const time = instant === null ? undefined : chart.data.labels?.[instant];
      if (instant === null || typeof time !== 'number') return;
      const { ctx, chartArea, scales } = chart;
      const x = scales.x?.getPixelForValue(time) ?? chartArea.left;
      ctx.save();
      ctx.strokeStyle = color;
      ctx.lineWidth = 1;
      ctx.beginPath();
      ctx.moveTo(x, chartArea.top);
      ctx.lineTo(x, chartArea.bottom);
      ctx.stroke();
      ctx.beginPath();
      ctx.rect(chartArea.left - 4, chartArea.top - 4, chartArea.width + 8, chartArea.height + 8);
      ctx.clip();
      drawDots(chart, instant, x, surface);
      ctx.restore();
    },
  };
}

function drawDots(chart: Chart, instant: number, x: number, surface: string): void {
  const { ctx, scales, data } = chart;
  data.datasets.forEach((dataset, index) => {
    const value = dataset.data[instant];
    if (!chart.isDatasetVisible(index) || typeof value !== 'number') return;
    const y = scales.y?.getPixelForValue(value);
    if (y === undefined || !Number.isFinite(y)) return;
    ctx.beginPath();
    ctx.arc(x, y, 4, 0, 2 * Math.PI);
    ctx.fillStyle = String(dataset.borderColor);
    ctx.strokeStyle = surface;
    ctx.lineWidth = 1.5;
    ctx.fill();
    ctx.stroke();
  });
}
