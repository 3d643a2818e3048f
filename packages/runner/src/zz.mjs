import { loadScenario, loadScenarioText } from '../dist/index.js';
import { formatDiagnostic } from '@peakless/engine';
for (const f of process.argv.slice(2)) {
  const t=performance.now();
  const r = await loadScenario(f);
  console.log(f, (performance.now()-t).toFixed(0)+'ms', r.ok, r.ok? JSON.stringify(r.warnings): '');
  if(!r.ok) for (const d of r.diagnostics) console.log(formatDiagnostic(d));
  else if (f.includes('minimal')||f.includes('second')) console.log(r.resolved);
}
