import { useState } from "react";
import type { Message } from "../../../../sdk/index.ts";
import { HtmlMail } from "./html-mail.tsx";

/** The words of a message: customers' in serif, ours in sans. Quotes and the original are one click away. */
export function MessageBody({ message }: { message: Message }) {
  const [shown, setShown] = useState<"visible" | "whole" | "html">(message.text.trim() === "" && message.html ? "html" : "visible");
  const [images, setImages] = useState(false);
  const whole = message.wholeText ?? message.text;
  const hasMore = whole.trim().length > message.text.trim().length + 2;
  const voice = message.author.kind === "customer";

  return (
    <>
      {shown === "html" && message.html ? (
        <HtmlMail html={message.html} images={images} />
      ) : (
        <Paragraphs text={shown === "whole" ? whole : message.text} voice={voice} />
      )}
      {(hasMore || message.html) && (
        <div className="mt-1.5 flex flex-wrap gap-x-3 text-s text-text-3">
          {hasMore && (
            <More
              label={shown === "whole" ? "Fold what is quoted" : "Show what is quoted"}
              pressed={shown === "whole"}
              onPress={() => setShown(shown === "whole" ? "visible" : "whole")}
            />
          )}
          {message.html && (
            <More
              label={shown === "html" ? "Show the text" : "Show as it was sent"}
              pressed={shown === "html"}
              onPress={() => setShown(shown === "html" ? "visible" : "html")}
            />
          )}
          {shown === "html" && message.htmlHasRemoteImages && !images && (
            <More label="Load its images; the sender may see that" pressed={false} onPress={() => setImages(true)} />
          )}
        </div>
      )}
    </>
  );
}

function More({ label, pressed, onPress }: { label: string; pressed: boolean; onPress: () => void }) {
  return (
    <button type="button" aria-pressed={pressed} onClick={onPress} className="min-h-6 underline-quiet hover:text-text">
      {label}
    </button>
  );
}

function Paragraphs({ text, voice }: { text: string; voice: boolean }) {
  if (text.trim() === "") return <p className="text-text-3">There are no words in it.</p>;
  const paragraphs = text.trim().split(/\n{2,}/u);
  return (
    <div dir="auto" className={`max-w-[72ch] [overflow-wrap:anywhere] ${voice ? "voice text-voice" : "text-read"}`}>
      {paragraphs.map((words, index) => (
        <p key={index} className="whitespace-pre-line [&+p]:mt-2">
          {words}
        </p>
      ))}
    </div>
  );
}
