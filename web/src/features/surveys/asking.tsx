import { queryOptions, useQuery } from "@tanstack/react-query";
import type { SurveySettings } from "../../../../sdk/index.ts";
import { answer, api } from "../../shell/api.ts";
import { useChange } from "../../shell/use-change.ts";
import { FormPart } from "../../ui/form-page.tsx";
import { Segments } from "../../ui/segments.tsx";
import { Wrong } from "../../ui/wrong.tsx";
import { useMay } from "../access/session.ts";

const askingQuery = queryOptions({ queryKey: ["survey-settings"], queryFn: () => answer(api.GET("/api/v1/survey-settings")) });

const set = (asking: SurveySettings["asking"]) => answer(api.PATCH("/api/v1/survey-settings", { body: { asking } }));

/** When customers are asked how it was. */
export function Asking() {
  const { data } = useQuery(askingQuery);
  const may = useMay("workspace:write");
  const { wrong, run } = useChange(["survey-settings"]);
  if (!data) return null;
  return (
    <FormPart
      title="Asking how it was"
      note="After a conversation is closed the customer gets one mail with five answers to choose from. Every such mail can be declined for good."
    >
      <div className="flex">
        <Segments
          label="When customers are asked"
          value={data.asking}
          disabled={!may}
          onChange={(asking) =>
            void run(
              () => set(asking),
              "Saved.",
              () => set(data.asking),
            )
          }
          options={[
            { value: "notice", label: "Unless they declined" },
            { value: "opt-in", label: "Only if they agreed" },
            { value: "off", label: "Never" },
          ]}
        />
      </div>
      <Wrong words={wrong} />
    </FormPart>
  );
}
