/** The words of mail servers that bounce without a report (RFC 3464), and of their senders. */

/** Senders that are mail servers, by the part before the @. */
export const DAEMON =
  /^(mailer-daemon|mail-daemon|postmaster|maildaemon|mdaemon|mmdf|double-bounce|bounce|bounces|delivery|mailer_daemon)([+_.-].*)?$/i;

export const DAEMON_NAME =
  /mail(er)?[ -]?(delivery )?(daemon|(sub)?system)|delivery subsystem|mail administrator|postmaster|internet mail delivery|mail router|system administrator|email_administrator/i;

export const BOUNCE_SUBJECT = new RegExp(
  [
    "undeliver(ed|able)|non ?-?deliver(y|ed|able)|not? deliver(ed|able|y)|could ?n[o']?t be delivered|cannot deliver|unable to deliver|(not|never) been delivered",
    "deliver(y|ing) (status|fail|error|problem|notification|has failed|report|delayed|unsuccessful|incomplete|incorrect)|mail (delivery|system) (fail|error|problem|status|delayed)|fail(ed|ure) (to deliver|mail|notice|delivery|of delivery)|returned (mail|to sender|message)|return(ing)? (message )?to sender",
    "user unknown|unknown user|mailbox (full|unavailable)|failure notice|message (status|delayed|could not|you sent .* blocked)|mail could not|warning: (could not send|message)|error sending message|bounced (mail|message)|rejected( mail|:)|mail error|mail system error|(message|mail|e-?mail) (blocked|rejected|refused)|delivery (to|for) .*(failed|delayed)|dsn",
    "unzustellbar|zustell(ung|fehler|bericht).{0,30}(fehl|nicht|bericht|mitteilung)?|nicht zugestellt|nicht zustellbar|mail-?zustellung|non remis|non distribu|échec de (la )?remise|échec de (la )?livraison|no se (pudo|puede) entregar|no entregado|devuelto|mancata (consegna|recapito)|recapito non riuscito|niet (afgeleverd|bezorgd)|onbestelbaar|não (foi )?entregue|falha na entrega|niedostarczon|nedoručen|ikke leveres|kunne ikke leveres|olevererbart|kan inte levereras|toimitus epäonnistui|не доставлено|недоставленн|не удалось доставить|недоставка|配信(不能|エラー|失敗)|送信(エラー|できません|失敗)|不達|投递失败|退信|无法投递|반송|전송 실패",
  ].join("|"),
  "i",
);

export const BOUNCE_BODY = new RegExp(
  [
    "(could|can|was|were|did|is|has|have|been)( ?not|n't) (be |been |get |a?ble to )*(deliver|sent|send|relay|process|receiv|accept|find|store|transferred)",
    "undeliver(ed|able)|delivery (to the following|to these|has failed|of the following|failed|attempt|error|status notification)|unable to (deliver|relay|transmit)|fail(ed|ure) to deliver|failed (recipient|address|delivery)|failed permanently|permanent (fatal )?error|returned to (the )?sender|message (was|is|has been) (rejected|refused|blocked|returned|undeliverable)|blocked by|rejected by|recipient address rejected",
    "user (unknown|doesn't|does not|not (found|known|listed))|unknown (user|recipient|address|mailbox)|no such (user|recipient|mailbox|person|address)|mailbox (is )?(full|unavailable|not found|disabled|exceeded)|over quota|quota exceeded|(account|address|recipient|mailbox) (has been |is |was )?(disabled|not found|unknown|invalid|rejected|suspended)|host (or domain name )?(unknown|not found)|relay(ing)? (denied|not permitted)|address(es)? (failed|had (permanent|delivery|fatal|transient))|had (permanent|transient) ",
    "\\b[45]\\d\\d[ -][#(]?[45]\\.\\d{1,3}\\.\\d{1,3}|\\(#[45]\\.\\d\\.\\d\\)|said: [45]\\d\\d|smtp error|remote (host|server) (said|returned|responded)|transcript of session|this is a permanent error|will (keep trying|be retried|continue to)|delivery attempts",
    "konnte nicht zugestellt|n'a pas pu être (remis|livré|distribué)|no se (ha podido|pudo|puede) entregar|non (è stato possibile|ha potuto)|niet (worden )?(afgeleverd|bezorgd)|не (может|удалось|была?) (быть )?доставлен|宛先|配信|送信できません|届け|退信|无法(送达|投递)",
  ].join("|"),
  "i",
);

/** Where a returned message begins in the text of a bounce. */
export const COPY_BEGINS =
  /^.{0,40}(below this line is a copy|this is a copy of (the|your) message|original message (follows|headers?|header follows|text)|original (e-?mail )?(message )?(headers?|header)|message (headers? follow|text follows|header for)|returned message (follows|below)|unsent message (below|follows)|undelivered message follows|your message (headers? )?(follows|reads)|header of the original|the header of|received message follows|included is a copy|begin(ning)? of (the )?(original|message)|--+ ?(message )?header|the following is a copy|first \d+ (bytes|lines))/im;
