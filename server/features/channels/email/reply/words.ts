/**
 * The words by which mail programs mark quotes and signatures, in the languages that they are written in.
 * Each is a source for a regular expression; all are matched without regard to case.
 */

/** "wrote", as it stands in the line above a quote. */
export const WROTE = [
  "wrote|writes|said",
  "schrieb|geschrieben|hat geschrieben",
  "schreef|geschreven|heeft geschreven",
  "a écrit|écrit|à écrit|a ecrit",
  "escribió|escribio|ha escrit|va escriure",
  "escreveu|ha scritto|scrive|a scris|skrev|skrifaði|kirjoitti|kirjutas",
  "napisał\\(a\\)|napisała|napisał|pisze|napsal\\(a\\)|napsala|napsal|napísala|napísal|je napisala?|je napisao",
  "írta|ezt írta|yazdı|şunu yazdı|rašė|rakstīja",
  "написала?|написал\\(а\\)|пишет|пише|написав|написа",
  "έγραψε|כתבה?|كتب|写道|寫道|님이 작성|작성|viết|menulis|เขียน",
];

export const FROM =
  "from|von|de|da|van|fra|från|od|от|від|kimden|gönderen|feladó|lähettäjä|από|מאת|من|de la|remitente|mittente|afzender|expéditeur|发件人|寄件者|寄件人|差出人|보낸\\s?사람";
export const SENT =
  "sent|gesendet(?: am)?|envoyé(?: le)?|message du|enviado(?: el| em)?|enviada em|inviato|verzonden|sendt|skickat|wysłano|odesláno|odoslané|отправлено|відправлено|надіслано|gönderilen|gönderme tarihi|gönderildi|elküldve|küldve|lähetetty|στάλθηκε|trimis|נשלח|发送时间|寄件日期|送信日時|보낸\\s?날짜";
export const DATE = "date|datum|data|dato|дата|tarih|dátum|päivämäärä|ημερομηνία|fecha|תאריך|تاريخ|日期|日時|日付|날짜";
export const TO =
  "to|an|à|a|para|per|aan|til|till|do|komu|pre|кому|kime|alıcı|címzett|vastaanottaja|προς|אל|إلى|către|收件人|收件者|宛先|받는\\s?사람";
export const SUBJECT =
  "subject|betreff|betrifft|objet|asunto|oggetto|onderwerp|emne|ämne|temat|předmět|predmet|тема|konu|tárgy|aihe|θέμα|assunto|subiect|נושא|الموضوع|主题|主旨|件名|제목";
export const OTHER_LABEL =
  "cc|bcc|copie à|copie|kopie|copia|kopia|kopi|копия|копія|bilgi|másolat|másolatot kap|kopio|κοιν|reply-to|antwort an|répondre à|organization|importance|wichtigkeit|priorität|attachments|anlagen|抄送|副本|참조";

/** The noun within "----- Original Message -----" and its like. */
export const MESSAGE =
  "message|nachricht|mail|bericht|besked|meddelelse|melding|meddelande|viesti|wiadomość|zpráva|správa|сообщение|повідомлення|mensagem|mensaje|messaggio|mesaj|ileti|üzenet|μήνυμα|הודעה|رسالة|邮件|郵件|メッセージ|メール|메시지|메일|forwarded by|weitergeleitet von";

/** Openings of a forwarded message that stand without dashes. */
export const FORWARDED =
  "begin forwarded message|anfang der weitergeleiteten (?:nachricht|e-mail)|début du message (?:transféré|réexpédié)|inicio del mensaje reenviado|inizio messaggio inoltrato|begin doorgestuurd bericht|início da mensagem (?:reencaminhada|encaminhada)|vidarebefordrat brev|videresendt melding|start på videresendt besked";

/** Lines that a phone or a program adds by itself. */
export const SENT_FROM = [
  "sent (?:from|via|with|using) .+|get outlook for .+|sent on the move.*",
  "(?:gesendet|versendet|geschrieben) (?:von|mit|über) .+|von mein\\w+ .+ gesendet\\.?|outlook für .+ (?:beziehen|herunterladen)",
  "envoyé (?:de|depuis|à partir de|avec|via) .+|envoyé d'.+|obtenir outlook pour .+|télécharger outlook pour .+",
  "enviado (?:desde|do|de|a partir do|via|com) .+|enviada do .+|obtener outlook para .+|obter o outlook para .+",
  "inviato (?:da|dal|con|tramite) .+|scarica outlook per .+|ottieni outlook per .+",
  "(?:verstuurd|verzonden) (?:vanaf|van|via|met) .+|outlook voor .+ downloaden",
  "sendt (?:fra|via|med) .+|skickat från .+|skickades från .+|hent outlook (?:til|for) .+|hämta outlook för .+",
  "lähetetty .+|hanki outlook .+|wysłan[eo] z .+|odesláno (?:z|ze) .+|odoslané z .+|pobierz aplikację outlook .+",
  "отправлено (?:с|из) .+|надіслано з .+|.+ cihazımdan gönderildi|.+[''’]?(?:dan|den) gönderildi|trimis de pe .+|στάλθηκε από .+",
  "(?:az |a )?.+ (?:készülékemről|telefonomról) küldve|.+ ?から送信|.*发自我的.+|從我的.+傳送|从我的.+发送|.+에서 보냄|נשלח מה.+|أُ?رسلت من .+",
];

/** Closings that a signature follows. Thanks are left out: they are words to us. */
export const CLOSING =
  "(?:best|kind|warm|warmest|kindest|with kind|with best|many)? ?regards|rgds|(?:yours )?(?:sincerely|faithfully|truly)|sincerely yours|best wishes|mit (?:freundlichen|besten|lieben|herzlichen) grüßen|mit freundlichem gruß|(?:freundliche|viele|liebe|beste|herzliche|schöne) grüße|mfg|vg|lg|freundliche grüsse|mit freundlichen grüssen|(?:bien )?cordialement|(?:sincères )?salutations(?: distinguées)?|bien à vous|meilleures salutations|(?:un )?(?:cordial(?:es)? )?saludos?(?: cordiales)?|atentamente|un saludo|(?:con i migliori|cordiali|distinti) saluti|met vriendelijke groet(?:en)?|vriendelijke groeten?|(?:med )?(?:vennlig|venlig|vänlig) hilsen|med vänliga? hälsning(?:ar)?|vänliga hälsningar|mvh|(?:ystävällisin )?terveisin|(?:z )?poważaniem|pozdrawiam|s pozdravem|с уважением|з повагою|atenciosamente|cumprimentos|com os melhores cumprimentos|üdvözlettel|saygılarımla|cu stimă|με εκτίμηση|此致|敬具|よろしくお願いいたします";
