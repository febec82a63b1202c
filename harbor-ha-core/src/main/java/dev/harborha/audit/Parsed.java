package dev.harborha.audit;

import dev.harborha.keys.ServerCertificate;
import dev.harborha.render.RenderedFile;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The files of a fleet as what they are, read once where nodes share a text. */
final class Parsed {

    private final Memo<String, Map<String, String>> env = new Memo<>(EnvText::read);
    private final Memo<String, YamlOutline> yaml = new Memo<>(YamlOutline::read);
    private final Memo<String, NginxText.Directive> nginx = new Memo<>(NginxText::read);
    private final Memo<String, List<HaproxyText.Section>> haproxy = new Memo<>(HaproxyText::read);
    private final Memo<String, VrrpText.Block> vrrp = new Memo<>(VrrpText::read);
    private final Memo<String, Certificate> certificates = new Memo<>(Parsed::certificate);

    /**
     * A certificate and its chain, as a file holds them.
     *
     * @param value what was read; absent where nothing can be
     * @param problem why nothing can be read; an empty text otherwise
     */
    record Certificate(Optional<ServerCertificate> value, String problem) {}

    private static Certificate certificate(String pem) {
        try {
            return new Certificate(Optional.of(ServerCertificate.parse(pem)), "");
        } catch (IllegalArgumentException e) {
            return new Certificate(Optional.empty(), String.valueOf(e.getMessage()));
        }
    }

    Certificate certificate(RenderedFile file) {
        return certificates.of(file.content());
    }

    Map<String, String> env(RenderedFile file) {
        return env.of(file.content());
    }

    YamlOutline yaml(RenderedFile file) {
        return yaml.of(file.content());
    }

    NginxText.Directive nginx(RenderedFile file) {
        return nginx.of(file.content());
    }

    List<HaproxyText.Section> haproxy(RenderedFile file) {
        return haproxy.of(file.content());
    }

    VrrpText.Block vrrp(RenderedFile file) {
        return vrrp.of(file.content());
    }
}
