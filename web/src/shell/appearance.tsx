import { FormPage, FormPart } from "../ui/form-page.tsx";
import { Segments } from "../ui/segments.tsx";
import { Switch } from "../ui/switch.tsx";
import { useAppearance } from "./theme.ts";

/** How it looks on this device. */
export function Appearance() {
  const [appearance, change] = useAppearance();
  return (
    <FormPage title="Appearance and keys" note="For this device only.">
      <FormPart title="Light or dark">
        <div className="flex">
          <Segments
            label="Light or dark"
            value={appearance.theme}
            onChange={(theme) => change({ theme })}
            options={[
              { value: "system", label: "As the system" },
              { value: "light", label: "Light" },
              { value: "dark", label: "Dark" },
            ]}
          />
        </div>
      </FormPart>
      <FormPart title="Density">
        <div className="flex">
          <Segments
            label="Density"
            value={appearance.density}
            onChange={(density) => change({ density })}
            options={[
              { value: "comfortable", label: "Comfortable" },
              { value: "compact", label: "Compact" },
            ]}
          />
        </div>
      </FormPart>
      <FormPart title="Keys">
        <Switch
          label="Single keys"
          detail="J, K, R, E and the others. They rest while you type. ⌘K and ⌘↵ work in any case."
          checked={appearance.singleKeys}
          onChange={(singleKeys) => change({ singleKeys })}
        />
      </FormPart>
    </FormPage>
  );
}
