// SPDX-License-Identifier: Apache-2.0
package org.coppercube.api.web;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.osgi.service.component.annotations.ComponentPropertyType;

/**
 * Puts a component that is a {@code javax.servlet.Servlet} service behind the front door, below these paths: either one
 * path, {@code /status}, or all below one, {@code /gui/*}. The longest that fits a request wins. As a service property
 * it is named {@link Web#PATH}.
 */
@ComponentPropertyType
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface WebPath {

    /** Makes the property's name {@code org.coppercube.web.path}. */
    String PREFIX_ = "org.coppercube.";

    /** The paths. */
    String[] value();
}
