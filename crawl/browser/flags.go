package browser

import "github.com/chromedp/chromedp"

// flags start a browser that calls nobody: what is not answered by the caller meets a proxy that is not there and names
// that are not found. The size of the window is that of a desktop, so that pages show what they do not show on
// telephones.
func flags(opt Options, profile string, proc *process) []chromedp.ExecAllocatorOption {
	f := []chromedp.ExecAllocatorOption{
		chromedp.ExecPath(opt.Program), chromedp.Headless, chromedp.DisableGPU, chromedp.NoFirstRun, chromedp.NoDefaultBrowserCheck, chromedp.UserDataDir(profile),
		chromedp.WindowSize(1366, 768), chromedp.ProxyServer("http://127.0.0.1:9"),
		chromedp.Flag("proxy-bypass-list", "<-loopback>"),
		chromedp.Flag("host-resolver-rules", "MAP * ~NOTFOUND"),
		chromedp.Flag("force-webrtc-ip-handling-policy", "disable_non_proxied_udp"),
		chromedp.Flag("disable-background-networking", true), chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-sync", true),
		chromedp.Flag("disable-default-apps", true), chromedp.Flag("disable-extensions", true), chromedp.Flag("disable-domain-reliability", true),
		chromedp.Flag("disable-breakpad", true), chromedp.Flag("disable-client-side-phishing-detection", true), chromedp.Flag("no-pings", true),
		chromedp.Flag("disable-dev-shm-usage", true), chromedp.Flag("mute-audio", true), chromedp.Flag("block-new-web-contents", true),
		chromedp.Flag("blink-settings", "imagesEnabled=false"), chromedp.Flag("password-store", "basic"), chromedp.Flag("use-mock-keychain", true),
		// Frames of other sites live in the page's own process, where their requests are seen too.
		chromedp.Flag("disable-site-isolation-trials", true),
		chromedp.Flag("disable-features", "IsolateOrigins,site-per-process,OptimizationHints,MediaRouter,Translate,DialMediaRouteProvider,AcceptCHFrame,ServiceWorker"),
		chromedp.Flag("renderer-process-limit", "2"), chromedp.Flag("js-flags", "--max-old-space-size=384"),
		chromedp.ModifyCmdFunc(proc.started),
	}
	return append(f, chromedp.Flag("no-sandbox", opt.Unsandboxed)) // the library would switch the sandbox off for root by itself
}
