import { useLocation, useNavigation } from "@remix-run/react";
import { Button, type ButtonProps } from "./button.tsx";

type SubmitButtonProps = Omit<ButtonProps, "type" | "pending"> & {
  /** Where the form posts, when that is not the page itself. */
  action?: string;
  /** For forms that a fetcher submits: whether it is under way. */
  pending?: boolean;
};

/** Sends its form, and is pending while that very submission is under way. */
export function SubmitButton({ action, pending, ...rest }: SubmitButtonProps) {
  const navigation = useNavigation();
  const { pathname } = useLocation();
  const submitting =
    navigation.state !== "idle" &&
    navigation.formData !== undefined &&
    navigation.formMethod !== "GET" &&
    navigation.formAction?.split("?")[0] === (action ?? pathname).split("?")[0] &&
    (rest.name === undefined || navigation.formData.get(rest.name) === String(rest.value ?? ""));
  return <Button {...rest} type="submit" pending={pending ?? submitting} />;
}
