/**
 * The script of a report: draws the charts from the JSON beside it and links them, so that pointing
 * at one reads the same instant in all. It knows nothing of load, cost or SLO; its number texts
 * follow format.ts.
 */
export const SCRIPT = `
(() => {
  'use strict';
  const data = JSON.parse(document.getElementById('chart-data').textContent);
  const { charts, clock, words } = data;
  const root = document.querySelector('.charts');

  const number = (value, decimals) => {
    const [whole, fraction] = Math.abs(value).toFixed(decimals).split('.');
    const kept = (fraction || '').replace(/0+$/, '');
    const sign = value < 0 ? '\\u2212' : '';
    return sign + whole.replace(/\\B(?=(\\d{3})+$)/g, ',') + (kept ? '.' + kept : '');
  };
  const digits = (value) => number(value, value < 9.995 ? 2 : value < 99.95 ? 1 : 0);
  const text = {
    rate: (value) => number(value, value < 100 ? 1 : 0),
    count: (value) => number(value, value < 100 ? 1 : 0),
    percent: (value) => number(value, 1) + words.percent,
    milliseconds: (value) =>
      value < 999.5 ? digits(value) + ' ms' : digits(value / 1000) + ' ' + words.second,
    money: (value) => words.currency + number(value, value >= 1000 ? 0 : value >= 0.1 ? 2 : 5),
  };
  const two = (value) => String(value).padStart(2, '0');
  const time = (seconds, full) => {
    const day = 86400;
    const at = Math.floor(clock + seconds);
    const rest = ((at % day) + day) % day;
    const short = two(Math.floor(rest / 3600)) + ':' + two(Math.floor(rest / 60) % 60);
    return full || rest % 60 !== 0 ? short + ':' + two(rest % 60) : short;
  };

  Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;

  let current = -1;
  const instants = charts[0].config.data.labels;
  const pointer = {
    id: 'instant',
    afterDatasetsDraw(chart) {
      if (current < 0) return;
      const { ctx, chartArea, scales } = chart;
      const x = scales.x.getPixelForValue(instants[current]);
      ctx.save();
      ctx.strokeStyle = colour('--muted');
      ctx.lineWidth = 1;
      ctx.beginPath();
      ctx.moveTo(x, chartArea.top);
      ctx.lineTo(x, chartArea.bottom);
      ctx.stroke();
      for (const dataset of chart.data.datasets) {
        const value = dataset.data[current];
        if (value === null) continue;
        const y = scales.y.getPixelForValue(value);
        if (!(y >= chartArea.top && y <= chartArea.bottom)) continue;
        ctx.fillStyle = dataset.borderColor;
        ctx.beginPath();
        ctx.arc(x, y, 3.5, 0, 2 * Math.PI);
        ctx.fill();
      }
      ctx.restore();
    },
  };
  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

  const drawn = charts.map(({ id, unit, config }) => {
    const figure = document.getElementById('chart-' + id);
    const { options } = config;
    options.events = [];
    options.plugins = { legend: { display: false }, tooltip: { enabled: false } };
    options.scales.x.ticks.callback = (value) => time(value, false);
    options.scales.y.ticks.callback = function (value, index, ticks) {
      if (unit === 'milliseconds' && ticks.length > 5 && !/^(0\\.0*)?[125]0*$/.test(String(value))) return null;
      return text[unit](value);
    };
    const legend = figure.querySelector('.legend');
    const values = config.data.datasets.map((dataset) => {
      const item = document.createElement('li');
      const key = document.createElement('i');
      key.style.borderTopColor = dataset.borderColor;
      if (dataset.borderDash) key.className = 'dashed';
      const value = document.createElement('b');
      item.append(key, dataset.label, value);
      legend.append(item);
      return value;
    });
    const canvas = figure.querySelector('canvas');
    const chart = new Chart(canvas, { ...config, plugins: [pointer] });
    canvas.addEventListener('pointermove', (event) => {
      show(nearest(chart.scales.x.getValueForPixel(event.offsetX)));
    });
    canvas.addEventListener('pointerleave', () => show(-1));
    return { chart, unit, values, output: figure.querySelector('output') };
  });

  function nearest(seconds) {
    let low = 0;
    let high = instants.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (instants[middle] <= seconds) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  let waiting = false;
  function show(index) {
    current = index;
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      for (const { chart, unit, values, output } of drawn) {
        output.textContent = current < 0 ? '' : time(instants[current], true);
        chart.data.datasets.forEach((dataset, i) => {
          const value = current < 0 ? undefined : dataset.data[current];
          values[i].textContent = value === undefined ? '' : value === null ? '\\u2013' : text[unit](value);
        });
        chart.draw();
      }
    });
  }

  root.addEventListener('keydown', (event) => {
    const step = { ArrowLeft: -1, ArrowRight: 1, PageUp: -20, PageDown: 20 }[event.key];
    if (event.key === 'Escape') show(-1);
    if (step === undefined) return;
    event.preventDefault();
    const from = current < 0 ? Math.floor(instants.length / 2) : current;
    show(Math.min(instants.length - 1, Math.max(0, from + step)));
  });
  root.addEventListener('blur', () => show(-1));

  function paint() {
    const [muted, grid] = [colour('--muted'), colour('--grid')];
    for (const { chart } of drawn) {
      for (const axis of [chart.options.scales.x, chart.options.scales.y]) {
        axis.ticks.color = muted;
        axis.title.color = muted;
        axis.grid.color = grid;
        axis.border = { color: grid };
      }
      chart.update('none');
    }
  }
  const paper = (on) => {
    if (on) document.documentElement.dataset.paper = '';
    else delete document.documentElement.dataset.paper;
    paint();
  };
  paint();
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', paint);
  addEventListener('beforeprint', () => paper(true));
  addEventListener('afterprint', () => paper(false));
})();
`;
