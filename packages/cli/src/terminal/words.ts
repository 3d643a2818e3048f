/** The command line's own sentences; what results say comes from the engine's catalogue. */
import type { Locale } from '../locale.ts';

const EN = {
  verdict: 'VERDICT',
  findings: 'Also worth knowing',
  warning: 'Warning:',
  legend: (baseline: string) =>
    `Means, differences to ${baseline}, 95 % intervals in brackets; ~ = within the noise.`,
  incomplete: (done: number, asked: number) =>
    `INCOMPLETE: interrupted after ${done} of ${asked} replications; all numbers are of these.`,
  head: (replications: number, seed: string) =>
    `${replications} ${replications === 1 ? 'replication' : 'replications'}, seed ${seed}`,
  prices: (book: string, asOf: string, currency: string) =>
    `prices ${book} of ${asOf} (${currency})`,
  report: (path: string) => `Report: ${path}`,
  reportOf: (path: string) => `Report (incomplete): ${path}`,
  next: 'Next:',
  summary: 'All scenarios',
  simulated: (cells: number, total: number) => `${cells}/${total} runs`,
  remaining: (time: string) => `${time} left`,
  interrupted: 'Interrupted: stopping, and writing what is complete …',
  nothingComplete: (name: string) =>
    `E_INTERRUPTED: ${name}: not even the first replication is complete: there is nothing to show.`,
  noDigest: (name: string) =>
    `E_INTERRUPTED: ${name}: a digest is one of all runs, and not all of them are done.`,
  partWritten: (name: string, done: number, asked: number) =>
    `Interrupted: ${name} has ${done} of ${asked} replications; results are of these.`,
  notStarted: (files: string) => `Interrupted before: ${files}`,
  valid: (file: string, strategies: number, replications: number) =>
    `${file}: valid (strategies: ${strategies}, replications: ${replications})`,
  invalid: (errors: number, file: string) =>
    `${file}: ${errors} ${errors === 1 ? 'error' : 'errors'}; nothing was simulated.`,
  serving: (url: string) => `Peakless is at ${url}   (Ctrl-C ends it)`,
  everywhere:
    'Whoever reaches this address can use it: there is no sign-in. 127.0.0.1 keeps it to this machine.',
  stopped: 'Stopped.',
  atInstant: (time: string) => `At ${time}`,
  explained: (strategy: string) => `Decisions of ${strategy}, first replication`,
  noDecisions: 'No decision lies there.',
  otherStrategies: (names: string) => `Other strategies with an autoscaler (--strategy): ${names}`,
  requestsOf: (strategy: string) => `Requests of ${strategy}, first replication`,
  requestSample:
    'A uniform sample per service: every arrival of the run is as likely to be in it as any other.',
  noRequests: 'None of the followed requests arrived there.',
  otherRequests: (names: string) => `Other strategies (--strategy): ${names}`,
  wrote: (path: string) => `Wrote ${path}`,
  timeline: 'Replicas over time (first replication)',
  notScaled: 'The replicas never change.',
  moreDecisions: (count: number) => `… and ${count} more changes; --json has all of them.`,
  traps: 'Known traps',
  noTraps: 'Known traps: none found.',
  difference: (place: string, expected: string, seen: string) =>
    `${place}: expected ${expected}, seen ${seen}`,
  step: (number: number, at: string) => `step ${number} (at ${at})`,
  notReplayed: 'not replayed:',
  noPrediction: (id: string) =>
    `E_INTERRUPTED: ${id}: a prediction is one of all runs, and not all of them are done.`,
  withinTolerance: (within: number, judged: number) =>
    `${within} of ${judged} judged quantities lie within their tolerance.`,
  fitted: 'Fitted:',
  series: 'Over the whole length: mean, and 5 % to 95 % of the runs in brackets',
  wholeSeries: 'The same as numbers:',
};

export type Words = typeof EN;

const ZH: Words = {
  verdict: '结论',
  findings: '还需知道',
  warning: '警告：',
  legend: (baseline) =>
    `均值与相对“${baseline}”的差异，方括号内为 95% 置信区间；~ 表示在统计噪声之内。`,
  incomplete: (done, asked) =>
    `未完成：${asked} 次重复中只完成了 ${done} 次便被中断，数字只来自这些重复。`,
  head: (replications, seed) => `重复 ${replications} 次，随机种子 ${seed}`,
  prices: (book, asOf, currency) => `价格表 ${book}，截至 ${asOf}（${currency}）`,
  report: (path) => `报告：${path}`,
  reportOf: (path) => `报告（未完成）：${path}`,
  next: '下一步：',
  summary: '全部场景',
  simulated: (cells, total) => `${cells}/${total} 次运行`,
  remaining: (time) => `剩余 ${time}`,
  interrupted: '已中断：正在停止，并写出已完成的部分 …',
  nothingComplete: (name) => `E_INTERRUPTED: ${name}：第一次重复尚未完成，没有可显示的结果。`,
  noDigest: (name) => `E_INTERRUPTED: ${name}：摘要针对全部运行，而运行尚未全部完成。`,
  partWritten: (name, done, asked) =>
    `已中断：${name} 完成了 ${asked} 次重复中的 ${done} 次；结果只来自这些重复。`,
  notStarted: (files) => `中断时尚未开始：${files}`,
  valid: (file, strategies, replications) =>
    `${file}：有效（方案 ${strategies} 个，重复 ${replications} 次）`,
  invalid: (errors, file) => `${file}：${errors} 处错误；未进行仿真。`,
  serving: (url) => `Peakless 已启动：${url}   （按 Ctrl-C 结束）`,
  everywhere: '任何能访问此地址的人都可以使用，无需登录；只供本机使用请改用 127.0.0.1。',
  stopped: '已停止。',
  atInstant: (time) => `时刻 ${time}`,
  explained: (strategy) => `${strategy} 的决策，第一次重复`,
  noDecisions: '该时段没有决策。',
  otherStrategies: (names) => `其他有自动伸缩的方案（--strategy）：${names}`,
  requestsOf: (strategy) => `${strategy} 的请求，第一次重复`,
  requestSample: '每个服务的均匀样本：运行期间到达的每个请求被选中的概率相同。',
  noRequests: '所跟踪的请求都不在该时段到达。',
  otherRequests: (names) => `其他方案（--strategy）：${names}`,
  wrote: (path) => `已写入 ${path}`,
  timeline: '副本随时间的变化（第一次重复）',
  notScaled: '副本数始终不变。',
  moreDecisions: (count) => `… 另有 ${count} 次变化；--json 给出全部。`,
  traps: '已知陷阱',
  noTraps: '已知陷阱：未发现。',
  difference: (place, expected, seen) => `${place}：应为 ${expected}，实为 ${seen}`,
  step: (number, at) => `第 ${number} 步（${at}）`,
  notReplayed: '未重现：',
  noPrediction: (id) => `E_INTERRUPTED: ${id}：预测针对全部运行，而运行尚未全部完成。`,
  withinTolerance: (within, judged) => `${judged} 个受判定的量中有 ${within} 个在容差之内。`,
  fitted: '拟合：',
  series: '全程：均值，括号内为各次运行的 5% 至 95%',
  wholeSeries: '以数据形式：',
};

const WORDS: Readonly<Record<Locale, Words>> = { en: EN, 'zh-CN': ZH };

export function wordsOf(locale: Locale): Words {
  return WORDS[locale];
}
