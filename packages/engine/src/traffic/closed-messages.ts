/**
 * What is said of closed loads, in English and Simplified Chinese, for the message catalogue; the
 * notation of placeholders is the catalogue's.
 */
type Texts = Readonly<Record<string, string>>;

const EN: Texts = {
  'note.closed':
    'Load {load}: a closed loop of at most {users|count} {users|plural:user,users}; its rate is a result. Plans take the most that it can be, {peak|rate}: users ÷ (time to think + service without waiting).',
  'path.closed-clients': 'its clients wait for answers before they send again',
};

const ZH: Texts = {
  'note.closed':
    '负载 {load}：闭环，最多 {users|count} 个用户；其速率是仿真结果。规划时取上界 {peak|rate}：用户数 ÷（思考时间 + 无排队的服务时间）。',
  'path.closed-clients': '客户端收到应答后才再次发送',
};

export const CLOSED_MESSAGES: { readonly en: Texts; readonly 'zh-CN': Texts } = {
  en: EN,
  'zh-CN': ZH,
};
