package io.github.backupcodes.enrollment;

import io.github.backupcodes.signin.AcceptedTypes;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.credential.CredentialModel;
import org.keycloak.models.UserModel;

/** The second factors that somebody who has used a code can set up, or has just set up. */
final class Ways {

    private final RequiredActionContext context;
    private final UserModel user;
    private final SignInStrength strength;
    private final LostFactors lost;

    Ways(RequiredActionContext context, SignInStrength strength, LostFactors lost) {
        this.context = context;
        this.user = context.getUser();
        this.strength = strength;
        this.lost = lost;
    }

    boolean areNone() {
        return show().isEmpty();
    }

    /** Whether there are some, and nothing was set up so far. */
    boolean areAllOpen() {
        return Stream.of(Replacement.values()).noneMatch(lost::isReplaced)
                && Stream.of(Replacement.values()).anyMatch(this::isOffered);
    }

    /** For the page. */
    List<AfterUseBean.Way> show() {
        return Stream.of(Replacement.values())
                .filter(kind -> isOffered(kind) || lost.isReplaced(kind))
                .map(this::way)
                .toList();
    }

    private AfterUseBean.Way way(Replacement kind) {
        List<AfterUseBean.Old> old = lost.removable(kind).stream()
                .map(credential -> old(kind, credential))
                .toList();
        return new AfterUseBean.Way(kind, lost.isReplaced(kind), lost.isRemoved(kind), old);
    }

    private AfterUseBean.Old old(Replacement kind, CredentialModel credential) {
        String label = credential.getUserLabel();
        boolean named = label != null && !label.isBlank();
        Instant created = Instant.ofEpochMilli(credential.getCreatedDate() == null ? 0 : credential.getCreatedDate());
        return new AfterUseBean.Old(
                kind, credential.getId(), named ? label : UserDate.of(context).write(created), named);
    }

    /** What the realm lets users set up, a flow accepts, and a sign-in of this level may make. */
    boolean isOffered(Replacement kind) {
        return !lost.isReplaced(kind)
                && kind.alias(context.getRealm()).isPresent()
                && accepted().contains(kind.type())
                && strength.hasLevelOf(kind.type())
                && new StoredUser(user).canBeChanged();
    }

    private Set<String> accepted() {
        return new AcceptedTypes(context.getSession(), context.getRealm()).ofAllFlows();
    }
}
